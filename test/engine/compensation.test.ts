// Runs that undo what their tasks did: whatever ends them, and what may be asked of them meanwhile.
import { expect, test } from "vitest";
import type { RunId, RunRequest } from "../../src/domain/index.ts";
import { broken, ok, type Rig, rig, scripted, workflow } from "./rig.ts";
import { all, inputs, kinds, trip, undo } from "./trips.ts";

async function ending({ log }: Rig, run: RunId) {
  return (await log(run)).at(-1)?.event;
}

test("what undoes a task gets its result; the last one comes first, one at a time", async () => {
  const provider = all("c");
  const r = rig({ providers: [provider] });
  const { run, end } = await r.run(trip(), { inputs });
  expect(await end).toEqual({ kind: "ended", status: "failed" });
  expect(provider.calls.map(({ task, params }) => [task, params])).toEqual([
    ["a", {}],
    ["b", {}],
    ["c", {}],
    ["compensate:b", {}],
    ["compensate:a", { of: 1, from: "home" }],
  ]);
  expect(provider.calls.at(-1)?.context.idempotencyKey).toBe(`${run}/compensate:a`);
  const told = await kinds(r, run);
  expect(told.slice(told.indexOf("RunCompensating c"))).toEqual([
    "RunCompensating c",
    "TaskScheduled compensate:b",
    "TaskSucceeded compensate:b",
    "TaskScheduled compensate:a",
    "TaskSucceeded compensate:a",
    "RunFailed c",
  ]);
  expect(await ending(r, run)).toMatchObject({
    data: {
      error: { code: "WORKFLOW_EXECUTION_FAILED" },
      values: {
        error: { cause: { message: "broken" }, details: { compensations: { count: 2, failed: 0 } } },
      },
    },
  });
});

test("a run that succeeds undoes nothing, whatever failed in it by leave", async () => {
  const provider = all("c");
  const r = rig({ providers: [provider] });
  const { end } = await r.run(trip({}, { on_failure: "continue" }), { inputs });
  expect(await end).toMatchObject({ status: "succeeded" });
  expect(provider.calls).toHaveLength(3);
});

test("a run that is cancelled stops what runs, then undoes what was done", async () => {
  const provider = scripted(({ task }) => (task === "c" ? undefined : ok({ n: 1 })));
  const r = rig({ providers: [provider] });
  const { run, end } = await r.run(trip(), { inputs });
  await r.clock.advance(1);
  await r.request(run, { type: "CancelRun" });
  expect(await end).toMatchObject({ status: "cancelled" });
  const told = await kinds(r, run);
  expect(told.slice(told.indexOf("RunCancelRequested"))).toEqual([
    "RunCancelRequested",
    "TaskCancelled c",
    "RunCompensating",
    "TaskScheduled compensate:b",
    "TaskSucceeded compensate:b",
    "TaskScheduled compensate:a",
    "TaskSucceeded compensate:a",
    "RunCancelled",
  ]);
});

test("cancelled while it is paused, it does the same", async () => {
  const r = rig({ providers: [scripted(({ task }) => (task === "b" ? undefined : ok({ n: 1 })))] });
  const { run, end } = await r.run(trip(), { inputs });
  await r.clock.advance(1);
  await r.request(run, { type: "PauseRun" });
  await r.request(run, { type: "CancelRun" });
  await r.clock.advance(1);
  await end;
  expect((await kinds(r, run)).slice(-3)).toEqual([
    "TaskScheduled compensate:a",
    "TaskSucceeded compensate:a",
    "RunCancelled",
  ]);
});

test("whose time is up, whose outputs are missing, or who gives up at once: all undo what they did", async () => {
  const slow = rig({ providers: [scripted(({ task }) => (task === "c" ? undefined : ok({ n: 1 })))] });
  const late = await slow.run(trip({ timeout: 5 }), { inputs });
  await slow.clock.advance(1);
  await slow.clock.advance(6000);
  await late.end;
  expect(await ending(slow, late.run)).toMatchObject({ data: { error: { code: "WORKFLOW_TIMEOUT" } } });
  expect(await kinds(slow, late.run)).toContain("TaskSucceeded compensate:a");

  const r = rig({ providers: [all()] });
  const empty = await r.run(trip({ outputs: { x: "${c.nothing}" } }), { inputs });
  await empty.end;
  expect(await ending(r, empty.run)).toMatchObject({
    type: "RunFailed",
    data: { values: { error: { cause: { code: "TASK_PARAMETER_ERROR" } } } },
  });
  expect(await kinds(r, empty.run)).toContain("TaskSucceeded compensate:a");

  const hasty = workflow([{ id: "a", compensate: undo }, { id: "c" }, { id: "d" }], { fail_fast: true });
  const fast = rig({
    providers: [scripted(({ task }) => (task === "c" ? broken() : task === "d" ? undefined : ok({ n: 1 })))],
  });
  const { run, end } = await fast.run(hasty);
  expect(await end).toMatchObject({ status: "failed" });
  expect((await kinds(fast, run)).slice(-5)).toEqual([
    "TaskCancelled d",
    "RunCompensating c",
    "TaskScheduled compensate:a",
    "TaskSucceeded compensate:a",
    "RunFailed c",
  ]);
});

test("what cannot be undone is tried as often as its task is, and keeps nothing else from being undone", async () => {
  const provider = scripted(({ task }) => {
    if (task === "compensate:b") return broken("CONNECTION_LOST");
    return task === "c" ? broken() : ok({ n: 1 });
  });
  const r = rig({ providers: [provider] });
  const { run, end } = await r.run(trip(), { inputs });
  await r.clock.advance(1);
  await r.clock.advance(1000);
  await r.clock.advance(1000);
  expect(await end).toMatchObject({ status: "failed" });
  expect(provider.calls.filter(({ task }) => task === "compensate:b")).toHaveLength(3);
  expect((await kinds(r, run)).slice(-3)).toEqual([
    "TaskScheduled compensate:a",
    "TaskSucceeded compensate:a",
    "RunFailed c",
  ]);
  expect(JSON.stringify(await ending(r, run))).toContain("1 of 2 compensations failed");
});

test.each<[string, RunRequest, string]>([
  ["cancelled", { type: "CancelRun" }, "RunCompensating"],
  ["paused", { type: "PauseRun" }, "RunCompensating"],
  ["sent a signal", { type: "SendSignal", name: "go" }, "RunCancelling"],
])("meanwhile it cannot be %s, and goes on", async (_, request, code) => {
  const provider = scripted(({ task }) => {
    if (task === "compensate:b") return undefined;
    return task === "c" ? broken() : ok({ n: 1 });
  });
  const r = rig({ providers: [provider] });
  const { run, end } = await r.run(trip(), { inputs });
  await r.clock.advance(1);
  expect((await r.request(run, request)).decision).toMatchObject({ kind: "rejected", rejection: { code } });
  expect((await r.request(run, { type: "ResumeRun" })).decision).toEqual({ kind: "unchanged" });
  provider.calls.at(-1)?.answer(ok(null));
  expect(await end).toMatchObject({ status: "failed" });
});
