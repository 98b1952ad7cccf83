// Who gets how much: each strategy against what it promises, with randomness of a fixed seed.
import { describe, expect, test } from "vitest";
import { type Ask, ended, type Pool, STRATEGIES, type Strategy } from "../../../src/domain/index.ts";
import { chosen, fault, fine, instance, pool, seeded } from "./pools.ts";

type Load = {
  readonly calls: number;
  /** Calls under way at once. */
  readonly atOnce: number;
  readonly tookMs?: (id: string) => number;
  readonly fails?: (id: string, random: () => number) => boolean;
  readonly ask?: (i: number) => Ask;
};

/** Calls so many at a time, the oldest ending first. */
function shared(
  first: Pool,
  { calls, atOnce, tookMs = () => 10, fails = () => false, ask = () => ({}) }: Load,
) {
  const random = seeded(7);
  const counts = new Map<string, number>();
  const running: string[] = [];
  let now = first;
  for (let i = 0; i < calls; i += 1) {
    const choice = chosen(now, ask(i), undefined, random());
    now = choice.pool;
    counts.set(choice.id, (counts.get(choice.id) ?? 0) + 1);
    running.push(choice.id);
    if (running.length < atOnce) continue;
    const id = running.shift() ?? "";
    now = ended(now, id, fails(id, random) ? fault() : fine(tookMs(id)), { wall: 0, steady: 0 }).pool;
  }
  return counts;
}

/** Pearson's: how unlikely these counts are, where those shares are meant. */
const chiSquare = (counts: ReadonlyMap<string, number>, shares: Readonly<Record<string, number>>): number => {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const whole = Object.values(shares).reduce((sum, share) => sum + share, 0);
  return Object.entries(shares).reduce((sum, [id, share]) => {
    const meant = (total * share) / whole;
    return sum + ((counts.get(id) ?? 0) - meant) ** 2 / meant;
  }, 0);
};
/** 1 in 1000, with two degrees of freedom. */
const UNLIKELY = 13.8;

const three = (strategy: Strategy, weights: readonly [number, number, number] = [1, 1, 1]) =>
  pool(
    ["a", "b", "c"].map((id, i) => instance(id, { weight: weights[i] ?? 1, priority: i + 1 })),
    { strategy, breaker: { failureThreshold: 1e9, recoveryMs: 1, halfOpenRequests: 1, successThreshold: 1 } },
  );

test("all eight are there", () => {
  expect(Object.keys(STRATEGIES).toSorted()).toEqual(
    [
      "least_loaded",
      "round_robin",
      "random",
      "weighted_random",
      "least_response_time",
      "hash",
      "priority",
      "adaptive",
    ].toSorted(),
  );
});

describe("round_robin", () => {
  test("gives each as many as the others", () => {
    expect(Object.fromEntries(shared(three("round_robin"), { calls: 300, atOnce: 7 }))).toEqual({
      a: 100,
      b: 100,
      c: 100,
    });
  });

  test("and as many as their weights say, without giving them in a row", () => {
    const counts = shared(three("round_robin", [3, 2, 1]), { calls: 300, atOnce: 1 });
    expect(Object.fromEntries(counts)).toEqual({ a: 150, b: 100, c: 50 });
    let now = three("round_robin", [2, 1, 1]);
    const order = Array.from({ length: 8 }, () => {
      const choice = chosen(now);
      now = choice.pool;
      return choice.id;
    });
    expect(order.join("")).toBe("abcaabca");
  });
});

describe("least_loaded", () => {
  test("keeps what is under way level, however long it takes", () => {
    let now = three("least_loaded");
    for (let i = 0; i < 30; i += 1) now = chosen(now).pool;
    expect(now.members.map(({ load }) => load.inFlight)).toEqual([10, 10, 10]);
  });

  test("by weight", () => {
    let now = three("least_loaded", [4, 2, 1]);
    for (let i = 0; i < 70; i += 1) now = chosen(now).pool;
    expect(now.members.map(({ load }) => load.inFlight)).toEqual([40, 20, 10]);
  });

  test("of idle ones, the one that was not asked for longest", () => {
    expect(Object.fromEntries(shared(three("least_loaded"), { calls: 30, atOnce: 1 }))).toEqual({
      a: 10,
      b: 10,
      c: 10,
    });
  });
});

describe("random and weighted_random", () => {
  test("random: shares are equal, whatever the weights", () => {
    const counts = shared(three("random", [5, 3, 1]), { calls: 3000, atOnce: 1 });
    expect(chiSquare(counts, { a: 1, b: 1, c: 1 })).toBeLessThan(UNLIKELY);
  });

  test("weighted_random: shares are the weights", () => {
    const counts = shared(three("weighted_random", [5, 3, 1]), { calls: 3000, atOnce: 1 });
    expect(chiSquare(counts, { a: 5, b: 3, c: 1 })).toBeLessThan(UNLIKELY);
    expect(chiSquare(counts, { a: 1, b: 1, c: 1 })).toBeGreaterThan(UNLIKELY);
  });
});

describe("least_response_time", () => {
  test("asks the fast one, and others when that one has its hands full", () => {
    const tookMs = (id: string): number => ({ a: 1000, b: 100, c: 110 })[id] ?? 0;
    const one = shared(three("least_response_time"), { calls: 300, atOnce: 1, tookMs });
    expect(one.get("b")).toBe(298); // each is tried once
    const many = shared(three("least_response_time"), { calls: 300, atOnce: 4, tookMs });
    expect(many.get("b")).toBeGreaterThan(100);
    expect(many.get("c")).toBeGreaterThan(100);
    expect(many.get("a")).toBeLessThan(10);
  });
});

describe("hash", () => {
  const keys = Array.from({ length: 3000 }, (_, i) => `customer ${i}`);
  const placeOf = (of: Pool, hashKey: string): string => chosen(of, { hashKey }).id;

  test("the same key goes to the same instance, and keys are spread by weight", () => {
    const all = three("hash", [2, 1, 1]);
    const counts = new Map<string, number>();
    for (const key of keys) {
      const id = placeOf(all, key);
      expect(placeOf(chosen(all, { hashKey: "another" }).pool, key)).toBe(id);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    expect(chiSquare(counts, { a: 2, b: 1, c: 1 })).toBeLessThan(UNLIKELY);
  });

  test("where one goes, only its own keys move", () => {
    const less = pool(["a", "b"], { strategy: "hash" });
    for (const key of keys.slice(0, 300)) {
      const before = placeOf(three("hash"), key);
      if (before !== "c") expect(placeOf(less, key)).toBe(before);
    }
  });

  test("STABLE: where these keys go does not change with the version", () => {
    expect(["tide", "ebb", "Büsum", ""].map((key) => placeOf(three("hash"), key)).join("")).toBe("baca");
  });
});

describe("priority", () => {
  test("asks the first while it can take calls, then the next", () => {
    const instances = [
      instance("spare", { priority: 2 }),
      instance("main", { priority: 1, maxConcurrent: 2 }),
    ];
    let now = pool(instances, { strategy: "priority" });
    const order = Array.from({ length: 4 }, () => {
      const choice = chosen(now);
      now = choice.pool;
      return choice.id;
    });
    expect(order).toEqual(["main", "main", "spare", "spare"]);
  });
});

describe("adaptive", () => {
  test("gives more to the fast and to those that do not fail, and something to all", () => {
    const counts = shared(three("adaptive"), {
      calls: 3000,
      atOnce: 1,
      tookMs: (id) => (id === "a" ? 50 : 100),
      fails: (id, random) => id === "c" && random() < 0.5,
    });
    const [a = 0, b = 0, c = 0] = ["a", "b", "c"].map((id) => counts.get(id) ?? 0);
    expect(a / b).toBeGreaterThan(1.7);
    expect(a / b).toBeLessThan(2.3);
    expect(b / c).toBeGreaterThan(2);
    expect(c).toBeGreaterThan(50);
  });
});
