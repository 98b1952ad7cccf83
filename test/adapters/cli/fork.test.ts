import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { at, ECHO, rig, text } from "./rig.ts";

const here = rig();

const CODE = `name: Code
tasks:
  - id: one
    method: echo/echo
    params: {message: hello}
  - id: two
    method: javascript/execute
    params: {file: two.mjs, context: {said: "\${one}"}}
`;

async function ran(document: string): Promise<string> {
  const flow = await here().file("flow.yaml", document);
  return text((await here().gleitzeit(["run", flow, "--json", "--quiet"])).json, "runId");
}

test("fork --json prints the new run with where it comes from; diff shows the edit and what came of it", async () => {
  const run = await ran(ECHO);
  const { exit, json } = await here().gleitzeit([
    "fork",
    run,
    "--from",
    "hello",
    "--set",
    'tasks.hello.result="bye"',
    "--json",
  ]);
  expect(exit).toBe(0);
  expect(json).toMatchObject({ status: "succeeded", forkedFrom: { run, revision: expect.any(Number) } });
  expect(at(json, "tasks.hello")).toMatchObject({ result: "bye", attempts: 0, given: true });
  expect(json.runId).not.toBe(run);
  const { json: difference } = await here().gleitzeit(["diff", run, text(json, "runId"), "--json"]);
  expect(difference.first).toMatchObject({ task: "hello", kind: "result" });
  expect(JSON.stringify(at(difference, "differences"))).not.toMatch(/attempts|provider/);
  expect((await here().gleitzeit(["show", text(json, "runId")])).out).toMatch(
    /fork of +[0-9a-f-]{36}, up to its event \d+/,
  );
});

test("--dry-run lists what would be taken over and what would be done again, and writes nothing", async () => {
  const run = await ran(ECHO);
  const { json } = await here().gleitzeit(["fork", run, "--from", "reply", "--dry-run", "--json"]);
  expect(json).toMatchObject({
    runId: run,
    dryRun: true,
    reused: [{ task: "hello" }],
    given: [],
    again: [{ task: "reply", method: "mcp/tool.concat", was: "succeeded" }],
  });
  const { out } = await here().gleitzeit(["fork", run, "--from", "reply", "--dry-run"]);
  expect(out).toMatch(/taken over: 1 result\n {2}hello {2}event \d+\n\ndone again: 1 task\n {2}reply/);
  expect(at((await here().gleitzeit(["list", "--json"])).json, "items")).toHaveLength(1);
});

test("files are those of the record, or as they are now; another document runs what is otherwise in it", async () => {
  const script = await here().file("two.mjs", "result = context.said + ' there'");
  const run = await ran(CODE);
  await writeFile(script, "result = context.said + ' you'");
  const forked = async (...more: readonly string[]) =>
    at((await here().gleitzeit(["fork", run, ...more, "--json"])).json, "outputs");
  expect(JSON.stringify(await forked("--from", "two"))).toContain("there");
  expect(JSON.stringify(await forked("--from", "two", "--files", "current"))).toContain("you");
  const other = await here().file("other.yaml", CODE.replace("message: hello", "message: hi"));
  expect(JSON.stringify(await forked("--workflow", other))).toContain("hi you");
  expect(JSON.stringify(await forked("--workflow", other, "--files", "recorded"))).toContain("hi there");
});

test("what makes no sense is refused with what there is", async () => {
  const run = await ran(ECHO);
  const refused = async (...more: readonly string[]) =>
    (await here().gleitzeit(["fork", run, ...more, "--json"])).exit;
  expect(await refused()).toBe(2);
  expect(await refused("--from", "nobody")).toBe(4);
  expect(await refused("--from", "99")).toBe(4);
  expect(await refused("--from", "hello", "--set", "tasks.helo.result=1")).toBe(3);
  expect(await refused("--from", "hello", "--files", "all")).toBe(2);
});
