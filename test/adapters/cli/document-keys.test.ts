// What the keys at the top of a document do to a run, where no smaller test shows it.
import { expect, test } from "vitest";
import { isObject, type Json } from "../../../src/domain/index.ts";
import { at, rig, text } from "./rig.ts";

const here = rig();

async function ran(document: string, ...more: readonly string[]) {
  const flow = await here().file("flow.yaml", document);
  return here().gleitzeit(["run", flow, "--json", "--quiet", ...more]);
}

async function submitted(run: string): Promise<Json | undefined> {
  const { lines } = await here().gleitzeit(["events", run, "--type", "RunSubmitted", "--json"]);
  return lines[0]?.data;
}

const TWO = `tasks:
  - {id: first, method: echo/echo, params: {message: one}}
  - {id: last, method: echo/echo, dependencies: [first], params: {message: two, n: 2}}
`;

test("a document is one definition, whose every execution is a run with an id of its own", async () => {
  const [once, again] = [await ran(`name: Café two\n${TWO}`), await ran(`name: Café two\n${TWO}`)];
  expect(at(once.json, "workflow.id")).toBe("cafe-two");
  expect(at(again.json, "workflow")).toEqual(at(once.json, "workflow"));
  expect(at(again.json, "runId")).not.toBe(at(once.json, "runId"));
});

test("without `outputs` they are the whole results of the tasks that nothing depends on, with `outputs` only these", async () => {
  const { json } = await ran(`name: Two\n${TWO}`);
  expect(json.outputs).toEqual({ last: { response: "two", message: "two", n: 2 } });
  const named = await ran(`name: Two\noutputs: {said: "\${first}", n: ["\${last.n}"]}\n${TWO}`);
  expect(named.json.outputs).toEqual({ said: "one", n: [2] });
});

test.each([
  ["3", "3"],
  ['"1.10"', "1.10"],
])("version %s is recorded with the run", async (written, version) => {
  const { json } = await ran(`name: Two\nversion: ${written}\n${TWO}`);
  expect(await submitted(text(json, "runId"))).toMatchObject({ workflow: { version } });
});

test("metadata and tags are recorded with the run, priority too", async () => {
  const { json } = await ran(
    `name: Two\nmetadata: {team: [harbour, 7]}\ntags: [nightly]\npriority: 1\n${TWO}`,
  );
  expect(await submitted(text(json, "runId"))).toMatchObject({
    priority: "high",
    tags: ["nightly"],
    values: { metadata: { team: ["harbour", 7] } },
  });
});

test("a deadline that is past leaves nothing to start", async () => {
  const { exit, json } = await ran(`name: Late\ndeadline: 2020-02-29T12:00:00+01:00\n${TWO}`);
  expect({ exit, code: at(json, "error.code") }).toEqual({ exit: 1, code: "WORKFLOW_TIMEOUT" });
  expect(at(json, "tasks.first.attempts")).toBe(0);
});

test("`files` are what a script may open besides what its params name", async () => {
  await here().file("notes/a.txt", "low water");
  await here().file("notes/b.md", "high water");
  const script = (name: string) =>
    `tasks:\n  - {id: js, method: javascript/execute, params: {code: "result = files.text(['notes', '${name}'].join('/'))"}}\n`;
  const named = await ran(`name: Notes\nfiles: ["notes/*.txt"]\n${script("a.txt")}`);
  expect(at(named.json, "tasks.js.result.result"), named.err).toBe("low water");
  const other = await ran(`name: Notes\nfiles: ["notes/*.txt"]\n${script("b.md")}`);
  expect(other.exit).toBe(1);
  expect(at(other.json, "tasks.js.error.message")).toContain("`files:`");
});

test("what is given to a run is checked before there is one", async () => {
  const inputs = "inputs: {seats: {type: integer}}\n";
  for (const given of [[], ["--input", "seats=two"], ["--input", "seats=2", "--input", "seets=2"]]) {
    expect((await ran(`name: Two\n${inputs}${TWO}`, ...given)).exit, given.join(" ")).toBe(3);
  }
  expect((await here().gleitzeit(["list", "--json"])).json.items).toEqual([]);
  expect((await ran(`name: Two\n${inputs}${TWO}`, "--input", "seats=2")).exit).toBe(0);
});

test("the keys of documents are written as words_with_underscores, those of answers and events asWords", async () => {
  const wrong = await ran(`name: Two\nmaxParallelTasks: 1\n${TWO}`);
  expect(wrong.exit).toBe(3);
  expect(wrong.out).toMatch(/flow\.yaml/);
  expect(wrong.out).toContain("did you mean `max_parallel_tasks`");
  const { json } = await ran(`name: Two\nmax_parallel_tasks: 1\n${TWO}`);
  expect(Object.keys(json).filter((key) => key.includes("_"))).toEqual([]);
  const { lines } = await here().gleitzeit(["events", text(json, "runId"), "--json"]);
  const keys = lines.flatMap((line) =>
    [line, line.data].flatMap((part) => (isObject(part) ? Object.keys(part) : [])),
  );
  expect(keys.length).toBeGreaterThan(50);
  expect(keys.filter((key) => key.includes("_"))).toEqual([]);
});
