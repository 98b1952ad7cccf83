import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadDocument, validDefinition } from "../../../src/adapters/documents/index.ts";
import { celExpressions } from "../../../src/adapters/expressions/index.ts";
import { GleitzeitError } from "../../../src/domain/index.ts";
import { catalog, said } from "./catalog.ts";

const asked = { catalog, expressions: async () => celExpressions() };

const minimal = "name: Test\ntasks:\n  - method: echo/echo\n";
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "documents-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Code and message of the error, or the problems. */
async function outcome(path: string, maxBytes?: number): Promise<string> {
  try {
    const loaded = await loadDocument(path, { ...asked, ...(maxBytes !== undefined && { maxBytes }) });
    return said(loaded).join("\n") || "valid";
  } catch (error) {
    if (!(error instanceof GleitzeitError)) throw error;
    expect(error.problems?.[0]?.file).toBe(path);
    return `${error.code} ${error.message}`;
  }
}

describe("a document is read from a file", () => {
  test.each(["a.yaml", "a.yml", "A.YAML"])("YAML: %s", async (name) => {
    const path = await put(name, minimal);
    const loaded = await loadDocument(path, asked);
    expect(loaded).toMatchObject({ path, text: minimal, definition: { name: "Test" }, problems: [] });
    expect(Buffer.from(loaded.bytes).toString()).toBe(minimal);
    expect(validDefinition(loaded)).toBe(loaded.definition);
  });

  test("JSON", async () => {
    expect(await outcome(await put("a.json", '{"name":"x","tasks":[{"method":"echo/echo"}]}'))).toBe("valid");
    expect(await outcome(await put("b.json", minimal))).toMatch(/1:1 PARSE_ERROR expected a value/);
  });

  test("a byte order mark is no part of the text, but of the bytes", async () => {
    const loaded = await loadDocument(await put("bom.yaml", `\uFEFF${minimal}`), asked);
    expect(loaded.text).toBe(minimal);
    expect(loaded.bytes.length).toBe(minimal.length + 3);
    expect(loaded.problems).toEqual([]);
  });

  test("a link to a document is one", async () => {
    const path = join(folder, "link.yaml");
    await symlink(await put("target.yaml", minimal), path);
    expect(await outcome(path)).toBe("valid");
  });

  test("problems carry file, line, column and path, in the order of the text", async () => {
    const path = await put(
      "bad.yaml",
      "tasks:\n  - method: echo/echo\n    retry: {max_attempts: 0}\nnmae: x\n",
    );
    const { problems } = await loadDocument(path, asked);
    expect(problems).toMatchObject([
      { file: path, line: 1, column: 1, code: "WORKFLOW_VALIDATION_FAILED", message: "`name` is required" },
      {
        file: path,
        line: 3,
        column: 27,
        code: "TASK_VALIDATION_FAILED",
        path: "tasks[0].retry.max_attempts",
      },
      { file: path, line: 4, column: 1, path: "nmae" },
    ]);
  });

  test("the error of an invalid document carries them all", async () => {
    const loaded = await loadDocument(await put("bad2.yaml", "tasks: []\n"), asked);
    expect(() => validDefinition(loaded)).toThrow(
      expect.objectContaining({ code: "WORKFLOW_VALIDATION_FAILED", problems: loaded.problems }),
    );
    const unreadable = await loadDocument(await put("bad3.yaml", "a: ]\n"), asked);
    expect(() => validDefinition(unreadable)).toThrow(expect.objectContaining({ code: "PARSE_ERROR" }));
  });
});

describe("what is no document", () => {
  test("a missing file", async () => {
    expect(await outcome(join(folder, "none.yaml"))).toMatch(
      /^WORKFLOW_NOT_FOUND .*none\.yaml: there is no such file/,
    );
    expect(await outcome(join(await put("file.yaml", minimal), "x.yaml"))).toMatch(/^WORKFLOW_NOT_FOUND/);
    expect(await outcome(join(folder, `${"x".repeat(300)}.yaml`))).toMatch(/^WORKFLOW_NOT_FOUND/);
  });

  test("a directory, a pipe, a device, a NUL in the name", async () => {
    await mkdir(join(folder, "dir.yaml"));
    expect(await outcome(join(folder, "dir.yaml"))).toMatch(/^WORKFLOW_VALIDATION_FAILED .*is a directory/);
    execFileSync("sh", ["-c", 'mkfifo "$0"', join(folder, "pipe.yaml")]);
    expect(await outcome(join(folder, "pipe.yaml"))).toMatch(/is not a regular file/);
    await symlink("/dev/zero", join(folder, "zero.yaml"));
    expect(await outcome(join(folder, "zero.yaml"))).toMatch(/is not a regular file/);
    expect(await outcome(join(folder, "a\0.yaml"))).toMatch(/NUL/);
  });

  test("links in a circle", async () => {
    await symlink(join(folder, "circle.yaml"), join(folder, "circle.yaml"));
    expect(await outcome(join(folder, "circle.yaml"))).toMatch(/^WORKFLOW_VALIDATION_FAILED .*circle/);
  });

  test.each(["a.txt", "a", "a.yaml.bak", ".yaml"])("a suffix that says nothing: %s", async (name) => {
    expect(await outcome(await put(name, minimal))).toMatch(
      /^WORKFLOW_VALIDATION_FAILED .*documents end in \.yaml, \.yml or \.json/,
    );
  });

  test("a file that may not be read", async () => {
    const path = await put("secret.yaml", minimal);
    await chmod(path, 0o000);
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) await chmod(folder, 0o755);
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(await outcome(path)).toMatch(/^AUTHORIZATION_FAILED .*not permitted/);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  test("a file over the limit is refused by its size, before it is read", async () => {
    const path = await put("large.yaml", "");
    await truncate(path, 50 * 1024 * 1024);
    expect(await outcome(path)).toMatch(/^WORKFLOW_VALIDATION_FAILED .*larger than 10485760 bytes/);
    const small = await put("small.yaml", minimal);
    expect(await outcome(small, minimal.length)).toBe("valid");
    expect(await outcome(small, minimal.length - 1)).toMatch(/larger than/);
  });

  test.each<readonly [string, Uint8Array, RegExp]>([
    ["binary", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]), /^WORKFLOW_VALIDATION_FAILED .*binary/],
    ["UTF-16", Buffer.from(`\uFEFF${minimal}`, "utf16le"), /UTF-16: save it as UTF-8/],
    [
      "Latin-1",
      Buffer.from("name: Test\ndescription: Caf\u00e9\n", "latin1"),
      /^PARSE_ERROR .*:2: this line is not UTF-8/,
    ],
    [
      "cut in a character",
      Buffer.from("name: €").subarray(0, 8),
      /^PARSE_ERROR .*:1: this line is not UTF-8/,
    ],
    ["empty", Buffer.from(""), /1:1 PARSE_ERROR the document is empty/],
    ["only comments", Buffer.from("# a\n"), /nothing but comments/],
  ])("%s", async (name, bytes, expected) => {
    expect(await outcome(await put(`${name}.yaml`, bytes))).toMatch(expected);
  });
});
