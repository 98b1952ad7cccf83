import { expect, test } from "vitest";
import { elsewhere } from "./elsewhere.ts";
import { at, BROKEN, ECHO, rig, STUCK, text } from "./rig.ts";

const here = rig();

async function ran(document: string): Promise<string> {
  const flow = await here().file("flow.yaml", document);
  return text((await here().gleitzeit(["run", flow, "--json", "--quiet"])).json, "runId");
}

const why = async (...args: readonly string[]): Promise<string> =>
  (await here().gleitzeit(["why", ...args])).out;

test("a failed run: the task that failed, and its error", async () => {
  const run = await ran(BROKEN);
  const { exit, json } = await here().gleitzeit(["why", run, "--json"]);
  expect(exit).toBe(0);
  expect(json).toMatchObject({
    runId: run,
    status: "failed",
    reasons: [
      { kind: "failed", text: expect.stringMatching(/^The run failed after .*: task lost failed\.$/) },
      {
        task: "lost",
        kind: "failed",
        text: expect.stringMatching(/^lost failed before it started: TASK_PARAMETER_ERROR, .*nowhere/),
      },
    ],
  });
});

test("a skipped task: which failed, and why that one did", async () => {
  const run = await ran(BROKEN);
  const { json } = await here().gleitzeit(["why", run, "after", "--json"]);
  expect(json).toMatchObject({
    task: { id: "after", status: "skipped" },
    reasons: [
      { task: "after", kind: "skipped", text: "after was skipped because lost, which it needs, failed." },
      { task: "lost", kind: "failed" },
    ],
  });
});

test("a condition that does not hold is shown", async () => {
  const run = await ran('name: W\ntasks:\n  - {id: a, method: echo/echo, when: "1 > 2"}\n');
  expect(await why(run, "a")).toBe("a was skipped because its condition does not hold: 1 > 2\n");
});

test("a run that went well, a task that did, and one whose result was taken over", async () => {
  const run = await ran(ECHO);
  expect(await why(run)).toMatch(/^The run succeeded after .*: all 2 tasks ended as they should\.\n$/);
  expect(await why(run, "hello")).toBe("hello succeeded.\n");
  const broken = await ran(BROKEN);
  const again = text((await here().gleitzeit(["retry", broken, "--json", "--quiet"])).json, "runId");
  expect(await why(again, "fine")).toBe(`fine did not run: its result was taken over from run ${broken}.\n`);
});

test("a retry: when it is due and what failed; whoever waits behind it waits for it", async () => {
  const waiting = `${STUCK}  - {id: last, method: echo/echo, dependencies: [much]}\n`;
  const { started } = await elsewhere(here(), undefined, waiting);
  expect(await why(started.run, "last")).toMatch(
    /^last waits for much\.\nmuch waits for attempt 2, due in (?:10 min 00 s|9 min \d\d s), because TASK_RESULT_INVALID, .+\.\n$/,
  );
  expect(await why(started.run)).toMatch(/^The run has been going on for .*\.\nmuch waits for attempt 2/);
});

test("a pause and a cancellation: by whom, how long ago, and the reason given", async () => {
  const { started } = await elsewhere(here());
  await here().gleitzeit(["pause", started.run, "--reason", "the sea is rough"]);
  const paused = await why(started.run);
  expect(paused).toMatch(/^The run was paused by tester .* ago: the sea is rough\. `gleitzeit resume /);
  expect(await why(started.run, "much")).toContain("due in");
  expect(await why(started.run, "much")).toContain("The run was paused by tester");
  await here().gleitzeit(["cancel", started.run, "--reason", "enough"]);
  expect(await why(started.run)).toMatch(/^The run was cancelled by tester after .*: enough\.\n$/);
});

test("a run that its own failure paused: what failed, and that what comes behind it waits for the run", async () => {
  const run = await ran(`name: Pauses
tasks:
  - {id: much, method: mcp/tool.multiply, params: {a: 9007199254740991, b: 10}, on_failure: pause}
  - {id: after, method: echo/echo, dependencies: [much]}
`);
  expect(await why(run)).toMatch(
    /^The run was paused .* ago because task much failed\. .*\nmuch failed: TASK_RESULT_INVALID, /,
  );
  expect(await why(run, "after")).toMatch(/^after waits until the run goes on\.\nThe run was paused /);
});

test("a run that nobody drives any more says so", async () => {
  const { parts, started } = await elsewhere(here());
  await parts.close();
  expect(await why(started.run)).toMatch(/^The process that drove the run is gone: `gleitzeit resume /);
});

test("a task that is not there is exit 4", async () => {
  const run = await ran(ECHO);
  const { exit, json } = await here().gleitzeit(["why", run, "nobody", "--json"]);
  expect({ exit, code: at(json, "error.code") }).toEqual({ exit: 4, code: "TASK_NOT_FOUND" });
});
