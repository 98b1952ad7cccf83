// Runs that only wait leave memory; nobody can tell the difference.
import { expect, test } from "vitest";
import { memoryStore } from "../../src/adapters/event-store/index.ts";
import { handClock, settled } from "./hand-clock.ts";
import { CLI, ok, rig, scripted, TENANT, workflow } from "./rig.ts";

const limits = { heldTasks: 0 };
const after = (wait: { readonly [key: string]: string }) =>
  workflow([
    { id: "before", params: {} },
    { id: "wait", wait, dependencies: ["before"] },
    { id: "done", params: { got: "${wait ?? 0}" } },
  ]);

/** Streams that are read from their beginning: a run that was woken. */
function counted() {
  const store = memoryStore();
  let loads = 0;
  const events: typeof store.events = {
    ...store.events,
    read: (stream, from, limit) => {
      if (from === 0 && limit === 1) loads += 1;
      return store.events.read(stream, from, limit);
    },
  };
  return { store, events: () => events, loads: () => loads };
}

test("a run that waits for time is read again when that is up, and ends for who waits for it", async () => {
  const { store, events, loads } = counted();
  const { calls, ...provider } = scripted(({ params }) => ok(params));
  const { run, clock, engine } = rig({ store, events, limits, providers: [provider] });
  const started = await Promise.all(["1h", "2h", "3h"].map((time) => run(after({ for: time }))));
  await settled();
  expect(loads()).toBe(0);
  expect(clock.waiting()).toBe(1);
  for (const [i, { end }] of started.entries()) {
    await clock.advance(3_600_000);
    expect(await end).toEqual({ kind: "ended", status: "succeeded" });
    expect(loads()).toBe(i + 1);
  }
  expect(clock.waiting()).toBe(0);
  expect(calls).toHaveLength(6);
  await engine.close();
});

test("a signal wakes it, whoever sends it", async () => {
  const { store, events, loads } = counted();
  const here = rig({ store, events, limits, providers: [scripted(({ params }) => ok(params))] });
  const other = rig({ store, providers: [scripted()] });
  const [mine, theirs] = await Promise.all([1, 2].map(() => here.run(after({ signal: "go" }))));
  await settled();
  if (!mine || !theirs) throw new Error("two were started");
  await here.request(mine.run, { type: "SendSignal", name: "go", payload: 1 });
  expect(await mine.end).toMatchObject({ status: "succeeded" });
  await other.request(theirs.run, { type: "SendSignal", name: "go", payload: 2 });
  expect(await theirs.end).toMatchObject({ status: "succeeded" });
  expect(loads()).toBeGreaterThan(1);
});

test("one that is paused sleeps on, its deadline goes on, and it is resumed and cancelled as any other", async () => {
  const here = rig({ limits, providers: [scripted(({ params }) => ok(params))] });
  const { run, end } = await here.run(after({ for: "1h" }));
  const late = await here.run(after({ signal: "go" }), { timeoutMs: 7_200_000 });
  await settled();
  await here.request(run, { type: "PauseRun" });
  expect(await end).toEqual({ kind: "paused" });
  await here.clock.advance(3_700_000);
  expect((await here.types(run)).at(-1)).toBe("RunPaused");
  await here.request(run, { type: "ResumeRun" });
  await settled();
  expect((await here.types(run)).at(-1)).toBe("RunSucceeded");
  await here.clock.advance(3_600_000);
  expect(await late.end).toEqual({ kind: "ended", status: "failed" });
});

test("an engine that closes lets go of those that sleep, and another goes on with them", async () => {
  const store = memoryStore();
  const clock = handClock();
  const first = rig({ store, clock, limits, providers: [scripted(({ params }) => ok(params))] });
  const { run, end } = await first.run(after({ for: "1h" }));
  await settled();
  await first.engine.close();
  expect(await end).toEqual({ kind: "stopped" });
  expect(clock.waiting()).toBe(0);
  const second = rig({ store, clock, limits, providers: [scripted(({ params }) => ok(params))] });
  const again = second.engine.drive(run, TENANT, CLI);
  await settled();
  await clock.advance(3_600_000);
  expect(await again).toEqual({ kind: "ended", status: "succeeded" });
});

test("what cannot be read when it is due is tried again", async () => {
  const store = memoryStore();
  let isBroken = false;
  const here = rig({
    store,
    limits,
    providers: [scripted(({ params }) => ok(params))],
    events: (events) => ({
      ...events,
      read: async (...args) => {
        if (isBroken) throw new Error("the disk is asleep");
        return events.read(...args);
      },
    }),
  });
  const { run } = await here.run(after({ for: "1h" }));
  await settled();
  isBroken = true;
  await here.clock.advance(3_600_000);
  isBroken = false;
  await here.clock.advance(1000);
  expect((await here.types(run)).at(-1)).toBe("RunSucceeded");
});
