// Runs that are tasks of other runs: how they are tied to each other, and what reaches them.
import { expect, test } from "vitest";
import { type JsonObject, type RecordedRunEvent, RunId } from "../../src/domain/index.ts";
import { broken, CLI, called, ok, type Rig, rig, scripted, TENANT, workflow } from "./rig.ts";
import { undo } from "./trips.ts";

const inner = workflow([{ id: "work", params: { n: "${inputs.n}" } }], {
  inputs: { n: { type: "integer" }, more: { type: "string", default: "yes" } },
  outputs: { n: "${work.n}", more: "${inputs.more}" },
});
const outer = (more: JsonObject = {}) =>
  workflow([{ id: "part", workflow: "inner", inputs: { n: 7 }, ...more }], { outputs: { got: "${part.n}" } });
const workflows = called({ inner });

async function childOf({ log }: Rig, run: RunId, task = "part"): Promise<RunId> {
  const events = (await log(run)).map(({ event }) => event);
  const started = events.findLast((event) => event.type === "ChildRunStarted" && event.data.task === task);
  return RunId.parse(started?.type === "ChildRunStarted" ? started.data.run : "");
}

const last = (events: readonly RecordedRunEvent[]) => events.at(-1)?.event;

test("a child knows its parent, the run at the top, and gives its outputs as the result", async () => {
  const one = rig({ providers: [scripted(({ params }) => ok(params))] });
  const { run, end } = await one.run(outer(), { workflows, name: "a" });
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect(last(await one.log(run))).toMatchObject({ data: { values: { outputs: { got: 7 } } } });
  const child = await childOf(one, run);
  const [first] = await one.log(child);
  expect(first?.metadata.correlationId).toBe(run);
  expect(first?.event.data).toMatchObject({
    parent: { run, task: "part", attempt: 1, depth: 1 },
    values: { inputs: { n: 7, more: "yes" } },
  });
  expect(child).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8/);
  const two = rig({ providers: [scripted(({ params }) => ok(params))] });
  const again = await two.run(outer(), { workflows, name: "a" });
  await again.end;
  expect(await childOf(two, again.run)).toBe(child);
});

test("inputs that the child does not take fail the task before a run begins", async () => {
  const r = rig({ providers: [scripted()] });
  const { run, end } = await r.run(outer({ inputs: { n: "seven", m: 1 } }), { workflows });
  expect(await end).toMatchObject({ status: "failed" });
  const failed = (await r.log(run)).find(({ event }) => event.type === "TaskFailed")?.event;
  expect(failed).toMatchObject({ data: { attempt: 0, error: { code: "INVALID_PARAMS" } } });
  expect(await r.types(run)).not.toContain("ChildRunStarted");
});

test("a child's failure is the task's, its retry another run", async () => {
  const tries: string[] = [];
  const r = rig({
    providers: [scripted(({ context, params }) => (tries.push(context.run) === 1 ? broken() : ok(params)))],
  });
  const retry = { max_attempts: 2, base_delay: 0, jitter: false, on: ["WORKFLOW_EXECUTION_FAILED"] };
  const { run, end } = await r.run(outer({ retry }), { workflows });
  await r.clock.advance(1000);
  expect(await end).toMatchObject({ status: "succeeded" });
  expect(new Set(tries).size).toBe(2);
  const events = (await r.log(run)).map(({ event }) => event);
  expect(events.find(({ type }) => type === "TaskFailed")).toMatchObject({
    data: { final: false, values: { error: { cause: { code: "WORKFLOW_EXECUTION_FAILED" } } } },
  });
});

test("cancelling a run cancels its children first", async () => {
  const r = rig({ providers: [scripted()] });
  const { run, end } = await r.run(outer(), { workflows });
  await r.clock.advance(1);
  const child = await childOf(r, run);
  await r.request(run, { type: "CancelRun" });
  expect(await end).toMatchObject({ status: "cancelled" });
  expect(last(await r.log(child))?.type).toBe("RunCancelled");
  expect((await r.types(run)).slice(-3)).toEqual(["ChildRunFinished", "TaskCancelled", "RunCancelled"]);
});

test("the time of a run that is up is up for its children", async () => {
  const r = rig({ providers: [scripted()] });
  const { run, end } = await r.run(outer(), { workflows, timeoutMs: 5000 });
  await r.clock.advance(6000);
  expect(await end).toMatchObject({ status: "failed" });
  expect(last(await r.log(await childOf(r, run)))?.type).toBe("RunCancelled");
});

test("a task's timeout is the child's", async () => {
  const r = rig({ providers: [scripted()] });
  const { run, end } = await r.run(outer({ timeout: 2 }), { workflows });
  await r.clock.advance(1);
  await r.clock.advance(3000);
  expect(await end).toMatchObject({ status: "failed" });
  const failed = (await r.log(run)).find(({ event }) => event.type === "TaskFailed")?.event;
  expect(failed).toMatchObject({ data: { error: { code: "WORKFLOW_TIMEOUT" } } });
});

test("a pause reaches the children, and so does the way on, in another process too", async () => {
  const provider = scripted();
  const first = rig({ providers: [provider] });
  const { run, end } = await first.run(outer(), { workflows });
  await first.clock.advance(1);
  await first.request(run, { type: "PauseRun" });
  provider.calls[0]?.answer(ok({ n: 7 }));
  expect(await end).toEqual({ kind: "paused" });
  const child = await childOf(first, run);
  expect(await first.types(child)).toContain("RunPaused");
  await first.engine.close();
  const second = rig({ store: first.store, providers: [scripted(({ params }) => ok(params))] });
  await second.request(run, { type: "ResumeRun" });
  expect(await second.engine.drive(run, TENANT, CLI)).toEqual({ kind: "ended", status: "succeeded" });
  expect(last(await second.log(child))?.type).toBe("RunSucceeded");
});

test("a workflow that calls itself without an end is stopped, with the reason", async () => {
  const endless = workflow([{ id: "again", workflow: "me" }]);
  const r = rig({ providers: [scripted()] });
  const { run, end } = await r.run(workflow([{ id: "part", workflow: "me" }]), {
    workflows: called({ me: endless }),
  });
  expect(await end).toMatchObject({ status: "failed" });
  expect(JSON.stringify(last(await r.log(run)))).toMatch(/nested deeper than 100 levels/);
});

test("a retry of a run takes over the children that succeeded, whole", async () => {
  const r = rig({
    providers: [scripted(({ task, params }) => (task === "after" ? broken() : ok(params)))],
  });
  const tasks = [
    { id: "part", workflow: "inner", inputs: { n: 1 } },
    { id: "after", params: { n: "${part.n}" } },
  ];
  const { run, end } = await r.run(workflow(tasks), { workflows });
  await end;
  const again = await r.engine.retry(run, TENANT, CLI);
  await again.end;
  expect(await r.types(again.run)).not.toContain("ChildRunStarted");
});

const TWO = workflow(
  [
    { id: "first", params: { n: "${inputs.n}" } },
    { id: "second", dependencies: ["first"] },
  ],
  {
    inputs: { n: { type: "integer" } },
  },
);

test("a retry of a run retries the child that failed: what succeeded in it is taken over", async () => {
  const calls: string[] = [];
  const provider = scripted(({ task, params }) =>
    calls.push(task) && task === "second" && calls.length < 3 ? broken() : ok(params),
  );
  const r = rig({ providers: [provider] });
  const { run, end } = await r.run(outer(), { workflows: called({ inner: TWO }) });
  expect(await end).toMatchObject({ status: "failed" });
  const failed = await childOf(r, run);
  const again = await r.engine.retry(run, TENANT, CLI);
  await again.end;
  expect(calls).toEqual(["first", "second", "second"]);
  const events = await r.log(await childOf(r, again.run));
  expect(events[0]?.event.data).toMatchObject({
    forkedFrom: { run: failed, revision: (await r.log(failed)).length - 1 },
    parent: { run: again.run, task: "part" },
  });
  const taken = events.find(({ event }) => event.type === "TaskSucceeded")?.event;
  expect(taken).toMatchObject({ data: { task: "first", reused: { run: failed } } });
});

test("a child that is called with other inputs than before begins anew", async () => {
  const calls: string[] = [];
  const provider = scripted(({ task }) => {
    calls.push(task);
    return task === "second" && calls.length < 4 ? broken() : ok({ n: calls.length });
  });
  const r = rig({ providers: [provider] });
  const undone = { id: "before", compensate: undo };
  const part = { id: "part", workflow: "inner", inputs: { n: "${before.n}" } };
  const { run, end } = await r.run(workflow([undone, part]), { workflows: called({ inner: TWO }) });
  await end;
  const again = await r.engine.retry(run, TENANT, CLI);
  await again.end;
  expect(calls).toEqual(["before", "first", "second", "compensate:before", "before", "first", "second"]);
  expect((await r.log(await childOf(r, again.run)))[0]?.event.data).not.toHaveProperty("forkedFrom");
});
