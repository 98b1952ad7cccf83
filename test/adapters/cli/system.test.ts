import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isList, isObject, type Json } from "../../../src/domain/index.ts";
import { at, rig } from "./rig.ts";

const here = rig();

const members = (list: Json | undefined, key: string): readonly (Json | undefined)[] =>
  isList(list) ? list.map((item) => (isObject(item) ? item[key] : undefined)) : [];

test("providers list", async () => {
  const { exit, json } = await here().gleitzeit(["providers", "list", "--json"]);
  expect(exit).toBe(0);
  expect(members(json.items, "protocol")).toEqual([
    "echo/v1",
    "mcp/v1",
    "http/v1",
    "python/v1",
    "javascript/v1",
  ]);
  expect((await here().gleitzeit(["providers", "list"])).out).toMatch(
    /^PROVIDER +PROTOCOL +METHODS\necho +echo\/v1 +\*/,
  );
});

test("providers methods: of one protocol or all, with the schemas that calls are checked by", async () => {
  const { json } = await here().gleitzeit(["providers", "methods", "mcp", "--json"]);
  expect(members(json.items, "method")).toContain("tool.add");
  const add = isList(json.items) ? json.items.find((item) => at(item, "method") === "tool.add") : undefined;
  expect(at(add, "description")).toEqual(expect.any(String));
  expect(JSON.stringify(at(add, "params"))).toContain('"a"');
  expect(isList(at(add, "examples")) && at(add, "examples")).not.toHaveLength(0);
  expect((await here().gleitzeit(["providers", "methods", "mcp/v1", "--json"])).json).toEqual(json);
  const all = (await here().gleitzeit(["providers", "methods", "--json"])).json;
  expect(new Set(members(all.items, "protocol"))).toEqual(
    new Set(["echo/v1", "http/v1", "javascript/v1", "mcp/v1", "python/v1"]),
  );
  expect((await here().gleitzeit(["providers", "methods", "python"])).out).toMatch(/^python\/execute/m);
});

test("a protocol that nobody speaks is exit 4, with what there is", async () => {
  const { exit, json } = await here().gleitzeit(["providers", "methods", "pyton/v1", "--json"]);
  expect({ exit, code: at(json, "error.code") }).toEqual({ exit: 4, code: "PROTOCOL_NOT_FOUND" });
  expect(at(json, "error.message")).toContain("did you mean `python/v1`");
});

test("config show: every setting with its value and its source", async () => {
  await mkdir(here().home);
  await writeFile(join(here().home, "config.yaml"), "execution: {max_parallel_tasks: 4}\n");
  const env = { GLEITZEIT_LOG_LEVEL: "info" };
  const { exit, json } = await here().gleitzeit(["config", "show", "--json", "--store", "memory:"], { env });
  expect(exit).toBe(0);
  expect(json).toMatchObject({ home: here().home, file: join(here().home, "config.yaml") });
  expect(json.settings).toEqual(
    expect.arrayContaining([
      { path: "store", value: "memory:", source: "--store" },
      { path: "log_level", value: "info", source: "GLEITZEIT_LOG_LEVEL" },
      { path: "execution.max_parallel_tasks", value: 4, source: `${join(here().home, "config.yaml")}:1` },
      { path: "execution.python.isolation", value: "run", source: "default" },
    ]),
  );
  const { out } = await here().gleitzeit(["config", "show"]);
  expect(out).toMatch(/execution\.python\.isolation +run +default/);
});

test("config path and validate", async () => {
  expect(await here().gleitzeit(["config", "path"])).toMatchObject({ exit: 0, out: "" });
  expect((await here().gleitzeit(["config", "path", "--json"])).json).toEqual({
    file: null,
    lookedFor: [join(here().folder, "gleitzeit.yaml"), join(here().home, "config.yaml")],
  });
  const file = await here().file("gleitzeit.yaml", "log_level: info\n");
  expect((await here().gleitzeit(["config", "path"])).out).toBe(`${file}\n`);
  expect((await here().gleitzeit(["config", "validate", "--json"])).json).toEqual({ valid: true, file });
  const other = await here().file("other.yaml", "log_lvel: info\n");
  const { exit, json } = await here().gleitzeit(["config", "validate", other, "--json"]);
  expect(exit).toBe(3);
  expect(json).toMatchObject({
    error: { code: "CONFIGURATION_ERROR" },
    problems: [{ file: other, line: 1, column: 1 }],
  });
});

test("a configuration that is not valid stops every command that needs it, not help", async () => {
  const file = await here().file("gleitzeit.yaml", "execution:\n  max_paralel_tasks: 3\n");
  for (const argv of [["list"], ["status"], ["config", "show"], ["providers", "list"]]) {
    const { exit, json } = await here().gleitzeit([...argv, "--json"]);
    expect(exit).toBe(3);
    expect(json.problems).toMatchObject([
      { file, line: 2, message: expect.stringContaining("max_parallel_tasks") },
    ]);
  }
  expect((await here().gleitzeit(["list", "--help"])).exit).toBe(0);
  const { err } = await here().gleitzeit(["config", "validate"]);
  expect(err).toContain(`not valid: ${file}:2:3: unknown key \`execution.max_paralel_tasks\``);
});

test("--store is checked like any setting", async () => {
  const { exit, json } = await here().gleitzeit(["list", "--json", "--store", "postgres://me:hunter2@db/x"]);
  expect(exit).toBe(3);
  expect(JSON.stringify(json)).not.toContain("hunter2");
  expect(at(json, "error.message")).toContain("not available in this version");
});

test("a store that is no store of ours is exit 5, and left as it is", async () => {
  const file = await here().file("notes.db", "these are notes\n".repeat(100));
  const { exit, json } = await here().gleitzeit(["list", "--json", "--store", `sqlite:${file}`]);
  expect(exit).toBe(5);
  expect(at(json, "error.message")).toContain(file);
  const { readFile } = await import("node:fs/promises");
  expect(await readFile(file, "utf8")).toBe("these are notes\n".repeat(100));
});
