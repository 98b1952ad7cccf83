// What a pool does where not everybody can be served at once or is well: a queue, rate limits, health checks.
import { describe, expect, test } from "vitest";
import { GleitzeitError } from "../../../../src/domain/index.ts";
import { settled } from "../../../engine/hand-clock.ts";
import { errorOf } from "../outcomes.ts";
import { fleets, servedBy, task, types, written } from "./fleet.ts";

const open = fleets();

describe("the queue", () => {
  test("holds what nobody can take yet, in order, and is bounded", async () => {
    const all = await open({ size: 1, each: [{ maxConcurrent: 1 }], maxQueue: 2 });
    const first = all.ask({}, { model: "drip" });
    const held = await all.servers[0]?.waiting();
    const second = all.ask({}, { prompt: "second" });
    const third = all.ask({}, { prompt: "third" });
    expect(errorOf(await all.ask())).toMatchObject({
      code: "PROVIDER_OVERLOADED",
      retryable: true,
      message: "every instance of provider `fleet` is busy, and 2 calls wait already",
    });
    expect(all.heard()).toEqual([1]);
    held?.end();
    expect((await first).ok && (await second).ok && (await third).ok).toBe(true);
    expect(all.servers[0]?.heard.map(({ text }) => text)).toEqual(["ahoy", "second", "third"]);
  });

  test("is left by who is stopped, and by all at the end", async () => {
    const all = await open({ size: 1, each: [{ maxConcurrent: 1 }] });
    const first = all.ask({}, { model: "drip" });
    await all.servers[0]?.waiting();
    const stop = new AbortController();
    const second = all.ask({ signal: stop.signal });
    const third = all.ask();
    await settled();
    stop.abort(new GleitzeitError("TASK_CANCELLED", "no longer wanted"));
    expect(errorOf(await second)).toMatchObject({ code: "TASK_CANCELLED", message: "no longer wanted" });
    await all.provider.close();
    expect(errorOf(await third).code).toBe("SYSTEM_SHUTDOWN");
    expect((await first).ok).toBe(false);
  });
});

describe("rate limits", () => {
  const limits = [{ perMinute: 60, burst: 1 }];

  test("what is beyond them waits for its turn", async () => {
    const all = await open({ size: 1, each: [{ limits }] });
    await all.ask();
    const second = all.ask();
    await settled();
    expect(all.heard()).toEqual([1]);
    await all.clock.advance(1000);
    expect((await second).ok).toBe(true);
  });

  test("whom an instance asks to leave it alone, and all others, do so until the time is over", async () => {
    const all = await open({ size: 1 });
    expect(await all.ask({}, { model: "status-429-50" })).toMatchObject({ ok: false, retryAfterMs: 50_000 });
    const others = Array.from({ length: 200 }, (_, i) => all.ask(task(`t${i}`)));
    await all.clock.advance(49_999);
    expect(all.heard()).toEqual([1]);
    await all.clock.advance(1);
    expect((await Promise.all(others)).filter(({ ok }) => !ok)).toEqual([]);
    expect(all.heard()).toEqual([201]);
  });

  test("goes elsewhere where another has room, and is refused at once where its time would not suffice", async () => {
    const all = await open({ size: 2, each: [{ limits }, { limits }] });
    expect([(await all.ask()).instance, (await all.ask()).instance]).toEqual(["a", "b"]);
    const refused = await all.ask({ timeoutMs: 900 });
    expect(refused).toMatchObject({ ok: false, retryAfterMs: 1000 });
    expect(errorOf(refused)).toMatchObject({ code: "RATE_LIMIT_EXCEEDED", retryable: true });
  });
});

describe("health checks", () => {
  const health = { intervalMs: 30_000, timeoutMs: 5000, unhealthyAfter: 2 };

  test("keep calls away from who is not well, and let them back", async () => {
    const all = await open({ size: 2, health });
    await all.ask();
    const rounds = async (times: number): Promise<void> => {
      for (let i = 0; i < times; i += 1) {
        await all.clock.advance(30_000);
        await all.provider.health?.(); // as long as a check takes
        await settled();
      }
    };
    await all.servers[0]?.close();
    await rounds(2);
    expect(types(await written(all)).slice(2)).toEqual(["InstanceUnhealthy a"]);
    expect(servedBy(await all.ask())).toEqual({ ok: true, instance: "b", tried: undefined });
  });

  test("none before the first call, none after the end", async () => {
    const all = await open({ size: 1, health });
    expect(all.clock.waiting()).toBe(0);
    await all.ask();
    expect(all.clock.waiting()).toBe(1);
    await all.provider.close();
    expect(all.clock.waiting()).toBe(0);
  });
});

test("its health is that of each instance, beside how it stands in the log", async () => {
  const all = await open({ strategy: "priority", each: [{ priority: 1 }, { priority: 2 }, { priority: 3 }] });
  for (let i = 0; i < 3; i += 1) await all.ask(task(`t${i}`), { model: "status-500" });
  await all.servers[1]?.close();
  await written(all);
  const well = { status: "healthy", breaker: "closed", draining: false };
  expect(await all.again().health?.()).toMatchObject({
    status: "degraded",
    detail: "1 of 3 instances take calls",
    instances: [
      { ...well, instance: "a", breaker: "open", until: "2026-03-01T12:01:00.000Z" },
      {
        ...well,
        instance: "b",
        status: "unhealthy",
        detail: expect.stringContaining("nothing listens there"),
      },
      { ...well, instance: "c" },
    ],
  });
});
