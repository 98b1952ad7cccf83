// What a pool adds to its instances: another is asked where one did nothing, breakers; and a log of it.
import { describe, expect, test } from "vitest";
import { GleitzeitError } from "../../../../src/domain/index.ts";
import type { Outcome } from "../../../../src/engine/ports/index.ts";
import { settled } from "../../../engine/hand-clock.ts";
import { callContext } from "../call-context.ts";
import { errorOf } from "../outcomes.ts";
import { type Fleet, fleets, servedBy, task, types, written } from "./fleet.ts";

const open = fleets();

describe("who is asked", () => {
  test("each in turn; the outcome says who it was", async () => {
    const all = await open({ strategy: "round_robin" });
    const outcomes: Outcome[] = [];
    for (let i = 0; i < 6; i += 1) outcomes.push(await all.ask());
    expect(outcomes.map(({ instance }) => instance)).toEqual(["a", "b", "c", "a", "b", "c"]);
    expect(all.heard()).toEqual([2, 2, 2]);
    expect(types(await written(all))).toEqual(["InstanceAdded a", "InstanceAdded b", "InstanceAdded c"]);
  });

  test("another within the same attempt, where nothing was done; the outcome says who was tried", async () => {
    const all = await open();
    await all.servers[0]?.close();
    expect(servedBy(await all.ask())).toEqual({
      ok: true,
      instance: "b",
      tried: [{ instance: "a", code: "CONNECTION_REFUSED" }],
    });
  });

  test("not where something may have been done: that attempt fails, and the next one goes elsewhere", async () => {
    const all = await open();
    const reset = await all.ask(task("t"), { model: "reset" });
    expect(servedBy(reset)).toEqual({ ok: false, instance: "a", tried: undefined });
    expect(errorOf(reset).code).toBe("CONNECTION_LOST");
    expect(servedBy(await all.ask({ ...task("t"), attempt: 2 }))).toMatchObject({ ok: true, instance: "b" });
    expect(servedBy(await all.ask({ ...task("t"), attempt: 3 }))).toMatchObject({ ok: true, instance: "c" });
    all.provider.release?.(callContext().run);
    expect(servedBy(await all.ask(task("t")))).toMatchObject({ ok: true, instance: "a" });
  });

  test("nobody where all did nothing: the last failure is the call's", async () => {
    const all = await open();
    for (const server of all.servers) await server.close();
    const outcome = await all.ask();
    expect(servedBy(outcome)).toEqual({
      ok: false,
      instance: "c",
      tried: [
        { instance: "a", code: "CONNECTION_REFUSED" },
        { instance: "b", code: "CONNECTION_REFUSED" },
      ],
    });
  });

  test("a wrong call is no fault of who is asked", async () => {
    const all = await open({ size: 1 });
    for (let i = 0; i < 5; i += 1)
      expect(errorOf(await all.ask({}, { model: "absent" })).code).toBe("INVALID_PARAMS");
    expect((await all.ask()).ok).toBe(true);
  });
});

describe("the breaker", () => {
  const broken = async (all: Fleet, times: number): Promise<void> => {
    for (let i = 0; i < times; i += 1) await all.ask(task(`t${i}`), { model: "status-500" });
  };

  test("opens, is tried, closes; each of these is an event", async () => {
    const all = await open({ size: 1 });
    await broken(all, 3);
    const refused = await all.ask();
    expect(errorOf(refused)).toMatchObject({
      code: "PROVIDER_NOT_AVAILABLE",
      retryable: true,
      message:
        "no instance of provider `fleet` can take the call: a failed too often and is left alone for 60 s more",
    });
    expect(refused).toMatchObject({ retryAfterMs: 60_000 });
    expect(all.heard()).toEqual([3]);
    await all.clock.advance(60_000);
    expect((await all.ask()).ok).toBe(true);
    expect((await all.ask()).ok).toBe(true);
    expect(types(await written(all))).toEqual([
      "InstanceAdded a",
      "BreakerOpened a",
      "BreakerHalfOpened a",
      "BreakerClosed a",
    ]);
  });

  test("stands again after a restart, and does not stand for longer", async () => {
    const all = await open({ size: 1 });
    await broken(all, 3);
    await all.provider.close();
    const next = all.again();
    expect(errorOf(await all.ask({}, {}, next)).code).toBe("PROVIDER_NOT_AVAILABLE");
    await all.clock.advance(60_000);
    expect((await all.ask({}, {}, next)).ok).toBe(true);
    expect(types(await written(all))).toEqual(["InstanceAdded a", "BreakerOpened a", "BreakerHalfOpened a"]);
  });

  test("of two processes on one log: both write, none is lost, and the later one learns of the other", async () => {
    const all = await open({ size: 2 });
    const other = all.again();
    await all.ask({}, {}, other);
    for (let i = 0; i < 6; i += 1) await all.ask(task(`t${i}`), { model: "status-500" });
    const opened = ["BreakerOpened a", "BreakerOpened b"];
    expect(types(await written(all))).toEqual(["InstanceAdded a", "InstanceAdded b", ...opened]);
    for (let i = 0; i < 5; i += 1) await all.ask(task(`t${i}`), { model: "status-500" }, other);
    await settled();
    expect(errorOf(await all.ask({}, {}, other)).code).toBe("PROVIDER_NOT_AVAILABLE");
    expect(types(await written(all)).slice(4)).toEqual(["BreakerOpened b"]);
  });

  test("what another process recorded is known within a second of calls", async () => {
    const all = await open({ size: 1 });
    const other = all.again();
    expect((await all.ask({}, {}, other)).ok).toBe(true);
    await broken(all, 3);
    await written(all);
    await all.clock.advance(1000);
    await all.ask({}, {}, other);
    await settled();
    expect(errorOf(await all.ask({}, {}, other)).code).toBe("PROVIDER_NOT_AVAILABLE");
  });

  test("a call that hangs until its timeout is a fault, one that is cancelled is not", async () => {
    const all = await open({
      size: 1,
      breaker: { failureThreshold: 1, recoveryMs: 1, halfOpenRequests: 1, successThreshold: 1 },
    });
    for (const code of ["TASK_CANCELLED", "TASK_TIMEOUT"] as const) {
      const stop = new AbortController();
      const outcome = all.ask({ signal: stop.signal }, { model: "silence" });
      await all.servers[0]?.waiting();
      stop.abort(new GleitzeitError(code, "enough"));
      await outcome;
      expect(types(await written(all)).includes("BreakerOpened a")).toBe(code === "TASK_TIMEOUT");
    }
  });
});
