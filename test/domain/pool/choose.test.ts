// Who may be asked at all, and what a call is told where nobody may.
import { describe, expect, test } from "vitest";
import { type Ask, choose, ended, healthChecked, type Standings } from "../../../src/domain/index.ts";
import { chosen, failing, fault, fine, instance, later, pool, START } from "./pools.ts";

const choiceOf = (of: Parameters<typeof choose>[0], ask: Ask = {}, time = START) =>
  choose(of, ask, time, 0.5);

describe("the model", () => {
  const models = pool([
    instance("a", { models: ["llama"] }),
    instance("b", { models: ["qwen", "llama"] }),
    instance("c"),
  ]);

  test("comes before the strategy: who says to have it is asked", () => {
    const ids = new Set(
      Array.from({ length: 6 }).reduce<{ pool: typeof models; ids: string[] }>(
        ({ pool: now, ids: before }) => {
          const choice = chosen(now, { model: "llama" });
          return { pool: choice.pool, ids: [...before, choice.id] };
        },
        { pool: models, ids: [] },
      ).ids,
    );
    expect(ids).toEqual(new Set(["a", "b"]));
    expect(chosen(models, { model: "qwen" }).id).toBe("b");
  });

  test("that nobody names is asked of those that say nothing, else of all", () => {
    expect(chosen(models, { model: "phi" }).id).toBe("c");
    const told = pool([instance("a", { models: ["llama"] })]);
    expect(chosen(told, { model: "phi" }).id).toBe("a");
  });

  test("is not asked of another because the one that has it is busy", () => {
    const small = pool([instance("a", { models: ["llama"], maxConcurrent: 1 }), instance("c")]);
    expect(choiceOf(chosen(small, { model: "llama" }).pool, { model: "llama" })).toEqual({
      kind: "wait",
      why: "busy",
    });
  });
});

describe("the breaker", () => {
  test("opens after so many failures in a row, and a success in between starts anew", () => {
    const two = failing(pool(["a"]), "a", 2);
    expect(two.events).toEqual([]);
    const again = ended(two.pool, "a", fine(1), START).pool;
    expect(failing(again, "a", 2).events).toEqual([]);
    expect(failing(again, "a", 3).events).toEqual([
      {
        type: "BreakerOpened",
        data: { instance: "a", failures: 3, code: "CONNECTION_LOST", until: "2026-03-01T12:01:00.000Z" },
      },
    ]);
  });

  test("that is open keeps calls away until it is tried, a few at once", () => {
    const open = failing(pool(["a"]), "a", 3).pool;
    expect(choiceOf(open, {}, later(59_999))).toEqual({
      kind: "none",
      code: "PROVIDER_NOT_AVAILABLE",
      why: "a failed too often and is left alone for 1 s more",
      inMs: 1,
    });
    const first = chosen(open, {}, later(60_000));
    expect(first).toMatchObject({ isTrial: true, events: [{ type: "BreakerHalfOpened" }] });
    const second = chosen(first.pool, {}, later(60_000));
    expect(second).toMatchObject({ isTrial: true, events: [] });
    expect(choiceOf(second.pool, {}, later(60_000))).toEqual({ kind: "wait", why: "busy" });
  });

  const tried = () => {
    const open = failing(pool(["a"]), "a", 3).pool;
    return chosen(chosen(open, {}, later(60_000)).pool, {}, later(60_000)).pool;
  };

  test("closes when enough trials succeed", () => {
    const once = ended(tried(), "a", fine(1, true), later(60_001));
    expect(once.events).toEqual([]);
    expect(ended(once.pool, "a", fine(1, true), later(60_002)).events).toEqual([
      { type: "BreakerClosed", data: { instance: "a" } },
    ]);
  });

  test("opens again with the first trial that fails; what was under way before says nothing", () => {
    expect(ended(tried(), "a", fault(false), later(60_001)).events).toEqual([]);
    const again = ended(tried(), "a", fault(true), later(60_001));
    expect(again.events).toMatchObject([
      { type: "BreakerOpened", data: { until: "2026-03-01T12:02:00.001Z" } },
    ]);
    expect(ended(again.pool, "a", fault(true), later(60_002)).events).toEqual([]);
  });

  test("is not open for longer because somebody set the clock back", () => {
    const open = failing(pool(["a"]), "a", 3).pool;
    expect(choiceOf(open, {}, { wall: START.wall - 3_600_000, steady: 1 }).kind).toBe("chosen");
  });
});

describe("others first", () => {
  test("than where the call has failed, unless there are none", () => {
    const two = pool(["a", "b"]);
    expect(chosen(two, { avoid: new Set(["a"]) }).id).toBe("b");
    expect(chosen(two, { avoid: new Set(["a", "b"]) }).id).toBe("a");
    expect(choiceOf(two, { avoid: new Set(["a", "b"]), mustAvoid: true }).kind).toBe("none");
  });

  test("preferred: this one, while it can", () => {
    const two = pool([instance("a"), instance("b", { maxConcurrent: 1 })]);
    const first = chosen(two, { preferred: "b" });
    expect(first.id).toBe("b");
    expect(chosen(first.pool, { preferred: "b" }).id).toBe("a");
  });

  test("a key waits for its instance, even where another is idle", () => {
    const two = pool([instance("a", { maxConcurrent: 1 }), instance("b", { maxConcurrent: 1 })]);
    const first = chosen(two, { hashKey: "k" });
    expect(choiceOf(first.pool, { hashKey: "k" })).toEqual({ kind: "wait", why: "busy" });
    expect(chosen(first.pool).id).not.toBe(first.id);
  });
});

describe("health and draining", () => {
  test("so many checks in a row make it unhealthy, one makes it well", () => {
    const sick = { isHealthy: false, detail: "no answer" };
    const once = healthChecked(pool(["a"]), "a", sick, 2);
    expect(once.events).toEqual([]);
    const twice = healthChecked(once.pool, "a", sick, 2);
    expect(twice.events).toEqual([
      { type: "InstanceUnhealthy", data: { instance: "a", values: { detail: "no answer" } } },
    ]);
    expect(choiceOf(twice.pool)).toEqual({ kind: "none", code: "PROVIDER_UNHEALTHY", why: "a is unhealthy" });
    expect(healthChecked(twice.pool, "a", sick, 2).events).toEqual([]);
    const well = healthChecked(twice.pool, "a", { isHealthy: true }, 2);
    expect(well.events).toEqual([{ type: "InstanceHealthy", data: { instance: "a" } }]);
    expect(chosen(well.pool).id).toBe("a");
  });

  test("one that is being drained gets nothing", () => {
    const standings: Standings = new Map([
      ["a", { breaker: { kind: "closed" }, isHealthy: true, isDraining: true }],
    ]);
    expect(chosen(pool(["a", "b"], { standings })).id).toBe("b");
    expect(choiceOf(pool(["a"], { standings }))).toMatchObject({
      kind: "none",
      code: "PROVIDER_NOT_AVAILABLE",
    });
  });
});

describe("rate limits", () => {
  const limited = pool([
    instance("a", {
      limits: [
        { perMinute: 60, burst: 2 },
        { model: "m", perMinute: 6, burst: 1 },
      ],
    }),
  ]);

  test("a few at once, then as fast as the limit says", () => {
    const two = chosen(chosen(limited).pool).pool;
    expect(choiceOf(two)).toEqual({ kind: "wait", why: "limited", inMs: 1000 });
    expect(choiceOf(two, {}, later(999)).kind).toBe("wait");
    expect(chosen(two, {}, later(1000)).id).toBe("a");
  });

  test("of a model beside the one for all", () => {
    const one = chosen(limited, { model: "m" }).pool;
    expect(choiceOf(one, { model: "m" })).toEqual({ kind: "wait", why: "limited", inMs: 10_000 });
    expect(chosen(one, { model: "n" }).id).toBe("a");
  });

  test("one that asked to be left alone is, and another is asked", () => {
    const busy = ended(
      pool(["a", "b"]),
      "a",
      { verdict: "busy", tookMs: 1, isTrial: false, retryAfterMs: 5000 },
      START,
    ).pool;
    expect(chosen(busy).id).toBe("b");
    expect(choiceOf(busy, { avoid: new Set(["b"]) })).toEqual({ kind: "wait", why: "limited", inMs: 5000 });
  });
});
