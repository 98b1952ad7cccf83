// What stands in the log when a process closes in good order, or can no longer write.

import { describe, expect, test } from "vitest";
import { memoryStore } from "../../src/adapters/event-store/index.ts";
import type { EventStore } from "../../src/engine/ports/index.ts";
import { handClock, settled } from "./hand-clock.ts";
import { CLI, ok, rig, scripted, TENANT, workflow } from "./rig.ts";

const pair = workflow([
  { id: "a", params: { x: 1 } },
  { id: "b", dependencies: ["a"] },
]);

describe("closing", () => {
  test("gives attempts back, starts nothing, and another process goes on", async () => {
    const store = memoryStore();
    const clock = handClock();
    const provider = scripted();
    const first = rig({ store, clock, providers: [provider] });
    const { run, end } = await first.run(pair);
    await settled();
    await first.engine.close();
    expect(await end).toEqual({ kind: "stopped" });
    expect((await first.types(run)).slice(-1)).toEqual(["TaskLost"]);
    expect(clock.waiting()).toBe(0);
    const second = rig({ store, providers: [scripted(() => ok(1))] });
    expect(await second.engine.drive(run, TENANT, CLI)).toEqual({ kind: "ended", status: "succeeded" });
  });

  test("records an outcome that came just in time", async () => {
    const store = memoryStore();
    const provider = scripted();
    const { run: start, engine, types } = rig({ store, providers: [provider] });
    const { run } = await start(pair);
    await settled();
    provider.calls[0]?.answer(ok(1));
    await engine.close();
    expect(await types(run)).toEqual(["RunSubmitted", "RunStarted", "TaskScheduled", "TaskSucceeded"]);
  });
});

describe("a log that cannot be written", () => {
  const failing = (events: EventStore, fails: () => boolean): EventStore => ({
    ...events,
    append: (...args) => (fails() ? Promise.reject(new Error("disk full")) : events.append(...args)),
  });

  test("ends the driving with the reason; nothing is reported as done", async () => {
    let full = false;
    const store = memoryStore();
    const provider = scripted();
    const { run: start, types } = rig({
      store,
      providers: [provider],
      events: (e) => failing(e, () => full),
    });
    const { run, end } = await start(pair);
    await settled();
    full = true;
    provider.calls[0]?.answer(ok(1));
    await expect(end).rejects.toThrow("disk full");
    expect(await types(run)).toEqual(["RunSubmitted", "RunStarted", "TaskScheduled"]);
    const again = rig({ store, providers: [scripted(() => ok(1))] });
    expect(await again.engine.drive(run, TENANT, CLI)).toEqual({ kind: "ended", status: "succeeded" });
  });

  test("refuses a submission with the reason", async () => {
    const { run } = rig({ providers: [scripted()], events: (events) => failing(events, () => true) });
    await expect(run(pair)).rejects.toThrow("disk full");
  });
});
