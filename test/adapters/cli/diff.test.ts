import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ECHO, rig, text } from "./rig.ts";

const here = rig();

async function ran(document: string, inputs: readonly string[] = []): Promise<string> {
  const flow = await here().file("flow.yaml", document);
  const given = inputs.flatMap((input) => ["--input", input]);
  return text((await here().gleitzeit(["run", flow, ...given, "--json", "--quiet"])).json, "runId");
}

const INNER = `name: Inner
inputs: {word: {type: string}}
tasks:
  - id: say
    method: echo/echo
    params: {message: "\${inputs.word}"}
`;
const OUTER = `name: Outer
inputs:
  word: {type: string}
  list: {type: array, default: [1, 2, 3]}
tasks:
  - id: before
    method: echo/echo
    params: {message: same}
  - id: call
    workflow: ./inner.yaml
    dependencies: [before]
    inputs: {word: "\${inputs.word}"}
  - id: each
    for_each: "\${inputs.list}"
    method: echo/echo
    params: {message: {n: "\${item}"}}
`;

test("two runs of one document with the same inputs do not differ, whatever their ids and times", async () => {
  const [a, b] = [await ran(ECHO), await ran(ECHO)];
  const { exit, json } = await here().gleitzeit(["diff", a, b, "--exit-code", "--json"]);
  expect({ exit, json }).toMatchObject({ exit: 0, json: { same: true, first: null, differences: [] } });
  expect((await here().gleitzeit(["diff", a, b])).out).toContain("no difference");
});

test("the first difference is where it began: an input, then what was made of it, in runs inside and elements too", async () => {
  await here().file("inner.yaml", INNER);
  const a = await ran(OUTER, ["word=hello"]);
  const b = await ran(OUTER, ["word=goodbye", "list=[1,5,2,3]"]);
  const { exit, json } = await here().gleitzeit(["diff", a, b, "--exit-code", "--json"]);
  expect(exit).toBe(3);
  expect(json.first).toMatchObject({ task: null, kind: "inputs" });
  expect(json.differences).toEqual(
    expect.arrayContaining([
      { task: null, kind: "inputs", path: "word", a: "hello", b: "goodbye" },
      { task: null, kind: "inputs", path: "list[1]", b: 5 },
      { task: "call", kind: "params", path: "inputs.word", a: "hello", b: "goodbye" },
      { task: "call/say", kind: "params", path: "message", a: "hello", b: "goodbye" },
      { task: "each[1]", kind: "params", path: "message.n", a: 2, b: 5 },
      { task: "each[3]", kind: "missing", b: "succeeded" },
    ]),
  );
  expect(JSON.stringify(json.differences)).not.toContain('"before"');
});

test("on a terminal the beginning is said first; as a page nothing in it is more than text", async () => {
  const a = await ran(ECHO);
  const b = await ran(ECHO.replace("message: hello", 'message: "<b>bye</b>"'));
  const { out, exit } = await here().gleitzeit(["diff", a, b], { columns: 80 });
  expect(exit).toBe(0);
  expect(out).toContain("they begin to differ at the run: document.tasks[0].params.message");
  expect(out).toMatch(/^hello\n {2}params\.message\n {4}a hello\n {4}b <b>bye<\/b>$/m);
  expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  const file = join(here().folder, "diff.html");
  const saved = await here().gleitzeit(["diff", a, b, "--html", file]);
  expect(saved).toMatchObject({ exit: 0, out: "" });
  const page = await readFile(file, "utf8");
  expect(page).not.toMatch(/<script|<b>|https?:|src=|url\(|@import/);
  expect(page).toContain("&lt;b&gt;bye&lt;/b&gt;");
});

test("a run that failed against one that did not; durations only when asked for", async () => {
  const a = await ran(ECHO);
  const b = await ran(ECHO.replace("${hello}", "${hello.nowhere}"));
  const { json } = await here().gleitzeit(["diff", a, b, "--json", "--timing"]);
  expect(json.differences).toEqual(
    expect.arrayContaining([
      { task: "reply", kind: "status", a: "succeeded", b: "failed" },
      expect.objectContaining({ task: "reply", kind: "error" }),
      { task: null, kind: "status", a: "succeeded", b: "failed" },
    ]),
  );
});

test("what cannot be found is said, and a page that cannot be written is known before", async () => {
  const a = await ran(ECHO);
  expect((await here().gleitzeit(["diff", a, "nowhere", "--json"])).exit).toBe(4);
  expect((await here().gleitzeit(["diff", a, a, "--html", "no/such/folder/x.html", "--json"])).exit).toBe(2);
  expect((await here().gleitzeit(["diff", a])).exit).toBe(2);
});

test("how long a script took is a duration also where its result tells it; a member of one's own is not", async () => {
  const document = (mine: number) => `name: Script
tasks:
  - {id: script, method: javascript/execute, params: {code: "result = 1"}}
  - {id: mine, method: echo/echo, params: {execution_time: ${mine}}}
`;
  const [a, b, c] = [await ran(document(3)), await ran(document(3)), await ran(document(4))];
  const same = await here().gleitzeit(["diff", a, b, "--exit-code", "--json"]);
  expect({ exit: same.exit, json: same.json }).toMatchObject({ exit: 0, json: { same: true } });
  const { differences } = (await here().gleitzeit(["diff", a, c, "--json"])).json;
  expect(differences).toContainEqual({ task: "mine", kind: "params", path: "execution_time", a: 3, b: 4 });
});
