import fc from "fast-check";
import { v7 } from "uuid";
import { describe, expect, test } from "vitest";
import { RunId } from "../../src/domain/index.ts";
import { slots } from "../../src/engine/slots.ts";

const runs = Array.from({ length: 5 }, () => RunId.parse(v7()));
const moves = fc.array(fc.tuple(fc.nat({ max: 4 }), fc.constantFrom("take", "give", "leave")), {
  maxLength: 200,
});

describe("slots", () => {
  test("are never given out twice, and whoever waits is woken when one is free", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), moves, (total, plan) => {
        const woken = new Set<RunId>();
        const pool = slots(total, (run) => woken.add(run));
        const held = new Map<RunId, number>();
        const waiting = new Set<RunId>();
        const used = () => [...held.values()].reduce((sum, n) => sum + n, 0);
        for (const [index, move] of plan) {
          const run = runs[index];
          if (!run) throw new Error("no run");
          const mine = held.get(run) ?? 0;
          if (move === "take" && pool.available(run) > 0) {
            pool.reserve(run);
            held.set(run, mine + 1);
          } else if (move === "take") {
            pool.queue(run);
            waiting.add(run);
          } else if (move === "give" && mine > 0) {
            pool.release(run);
            held.set(run, mine - 1);
          } else if (move === "leave") {
            pool.leave(run);
            held.delete(run);
            waiting.delete(run);
          }
          pool.passOn();
          for (const one of woken) waiting.delete(one);
          woken.clear();
          expect(used()).toBeLessThanOrEqual(total);
          if (used() < total) expect(waiting.size).toBeLessThan(runs.length);
        }
        for (let i = 0; i < runs.length; i += 1) pool.passOn();
        if (used() < total) for (const one of woken) waiting.delete(one);
        expect(used() < total && waiting.size > 0).toBe(false);
      }),
    );
  });

  test("go in turn: a run that wants everything does not keep another waiting", () => {
    const [greedy, modest] = runs;
    if (!greedy || !modest) throw new Error("no runs");
    const woken: RunId[] = [];
    const pool = slots(4, (run) => woken.push(run));
    while (pool.available(greedy) > 0) pool.reserve(greedy);
    expect(pool.available(modest)).toBe(0);
    pool.queue(modest);
    expect(pool.contended(greedy)).toBe(true);
    pool.release(greedy);
    expect(pool.available(greedy)).toBe(0);
    pool.passOn();
    expect(woken).toEqual([modest]);
    expect(pool.available(modest)).toBe(1);
  });

  test("that nobody has cannot be reserved", () => {
    const [run] = runs;
    if (!run) throw new Error("no run");
    const pool = slots(1, () => undefined);
    pool.reserve(run);
    expect(() => pool.reserve(run)).toThrow("nobody has");
  });
});
