// A document that brings no files needs no folder: nothing is made for it, and whatever it names is not there.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HELLO, type Server, served } from "../adapters/http/rig.ts";

const before = process.env.TMPDIR;
let folder = "";
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gz-posted-"));
  server = await served({ home: folder });
});
afterAll(async () => {
  await server.close();
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  await rm(folder, { recursive: true, force: true });
});

/** Where folders of this process are made from now on. */
const making = (name: string): void => {
  process.env.TMPDIR = join(folder, name);
};

const UNRELATED = [{ path: "read-me.txt", base64: "" }];
const post = (workflow: string, more: object = {}) =>
  server.ask("POST", "/v1/runs", { body: { workflow, ...more } });

test("nothing is made where no files come along: it runs where nothing can be made", async () => {
  making("not there");
  const { status } = await post(HELLO, { file: "deep/down/hello.yaml", working: "deep" });
  expect(status).toBe(201);
  expect((await post(HELLO, { files: UNRELATED })).status, "the test can fail").toBe(500);
});

const task = (text: string): string => `name: Names\ntasks:\n  - {id: a, ${text}}\n`;
const NAMING = [
  ["a script", task("method: python/execute, params: {file: lib/secret.py}")],
  ["a script by its full path", task("method: python/execute, params: {file: /etc/passwd}")],
  ["a script above", task("method: python/execute, params: {file: ../secret.py}")],
  ["another document", task("workflow: other.yaml")],
  ["files of a batch", "name: B\nbatch: {files: [a.txt]}\ntemplate: {method: echo/echo}\n"],
] as const;

test.each(NAMING)(
  "%s is refused as it is beside files that have nothing to do with it",
  async (_, workflow) => {
    making("not there");
    const alone = await post(workflow);
    await mkdir(join(folder, "there"), { recursive: true });
    making("there");
    const beside = await post(workflow, { files: UNRELATED });
    expect(alone.status).toBe(beside.status);
    expect([404, 422]).toContain(alone.status);
    expect({ ...alone.json, requestId: "" }).toEqual({ ...beside.json, requestId: "" });
    expect(alone.text).not.toContain("gleitzeit-posted");
    expect(alone.text).not.toContain(folder);
  },
);

test("the document itself is none of its files, and none of them stands in its place", async () => {
  making("there");
  await mkdir(join(folder, "there"), { recursive: true });
  const files = [{ path: "./workflow.yaml", base64: "" }];
  const { status, json } = await post(HELLO, { files });
  expect(status).toBe(422);
  expect(json.detail).toContain('"workflow.yaml" cannot stand beside the others');
});
