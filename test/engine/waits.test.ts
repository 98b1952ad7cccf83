// Waits for time and for signals, from document to log.
import { expect, test } from "vitest";
import { memoryStore } from "../../src/adapters/event-store/index.ts";
import { settled } from "./hand-clock.ts";
import { outcome } from "./outcome.ts";
import { CLI, ok, rig, scripted, TENANT, workflow } from "./rig.ts";

const pausing = workflow([
  { id: "plan", params: {} },
  { id: "nap", wait: { for: "${plan.pause}" } },
  { id: "dawn", wait: { until: "2026-03-01T13:10", timezone: "Europe/Berlin" } },
  { id: "go", wait: { signal: "go", timeout: "1h" }, dependencies: ["nap", "dawn"] },
]);
const plan = (pause: string | number) => scripted(() => ok({ pause }));

test("times pass, a process that is gone meanwhile makes no difference", async () => {
  const store = memoryStore();
  const first = rig({ store, providers: [plan("20m")] });
  const { run } = await first.run(pausing);
  await settled();
  const waits = (await first.log(run)).flatMap(({ event }) =>
    event.type === "WaitStarted" ? [event.data] : [],
  );
  expect(waits).toEqual([
    { task: "dawn", dueAt: "2026-03-01T12:10:00.000Z" },
    { task: "nap", dueAt: "2026-03-01T12:20:00.000Z" },
  ]);
  await first.engine.close();
  const { clock } = first;
  await clock.advance(15 * 60_000);
  const second = rig({ store, clock, providers: [plan(0)] });
  const end = second.engine.drive(run, TENANT, CLI);
  await settled();
  expect((await second.types(run)).filter((type) => type === "TaskSucceeded")).toHaveLength(2);
  await second.request(run, { type: "SendSignal", name: "go", payload: [1, 2] });
  await clock.advance(5 * 60_000);
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect(await outcome(second, run, "go")).toMatchObject({ result: [1, 2] });
  expect(clock.waiting()).toBe(0);
});

test("a wait that comes due while the run is paused ends when it is resumed", async () => {
  const here = rig({ providers: [plan("20m")] });
  const { run } = await here.run(pausing);
  await settled();
  await here.request(run, { type: "PauseRun" });
  await here.clock.advance(30 * 60_000);
  expect((await here.types(run)).at(-1)).toBe("RunPaused");
  await here.request(run, { type: "ResumeRun" });
  await settled();
  expect((await here.types(run)).filter((type) => type === "TaskSucceeded")).toHaveLength(3);
});

test("a signal that does not come is a timeout, and the run fails", async () => {
  const here = rig({ providers: [plan(0)] });
  const { run, end } = await here.run(pausing);
  await settled();
  await here.clock.advance(2 * 3_600_000);
  expect(await end).toEqual({ kind: "ended", status: "failed" });
  expect(await outcome(here, run, "go")).toMatchObject({ type: "TaskFailed" });
});

test.each([
  ["soon", /wait\.for: "soon" is not a duration/],
  ["9999d", /wait\.for: more than ten years/],
])("a wait for %s, which no document can check, fails the task", async (pause, message) => {
  const here = rig({ providers: [plan(pause)] });
  const { run } = await here.run(pausing);
  await settled();
  expect(await outcome(here, run, "nap")).toMatchObject({
    type: "TaskFailed",
    error: { message: expect.stringMatching(message) },
  });
});

test("a large payload goes the way of all large values", async () => {
  const here = rig({ providers: [plan(0)] });
  const { run, end } = await here.run(pausing);
  await here.request(run, { type: "SendSignal", name: "go", payload: "x".repeat(200_000) });
  await here.clock.advance(15 * 60_000);
  expect(await end).toMatchObject({ status: "succeeded" });
  expect(await outcome(here, run, "go")).toMatchObject({ result: "x".repeat(200_000) });
});

test("a condition decides whether a wait begins at all", async () => {
  const here = rig({ providers: [plan(0)] });
  const { run, end } = await here.run(
    workflow([
      { id: "plan", params: {} },
      { id: "nap", wait: { for: "1h" }, when: "tasks.plan.result.pause > 0" },
      { id: "ask", approval: { message: "?" }, when: "false" },
    ]),
  );
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect((await here.types(run)).filter((type) => type === "TaskSkipped")).toHaveLength(2);
});
