import fc from "fast-check";
import { v7 } from "uuid";
import { describe, expect, test } from "vitest";
import { RunId } from "../../src/domain/index.ts";
import type { Want } from "../../src/engine/slots/fair-order.ts";
import { slots } from "../../src/engine/slots/slots.ts";

const runs = Array.from({ length: 5 }, () => RunId.parse(v7()));
const party = (run: RunId) => ({ run, tenant: "main" });
const want: Want = { priority: "normal" };
const moves = fc.array(fc.tuple(fc.nat({ max: 4 }), fc.constantFrom("take", "give", "leave", "resize")), {
  maxLength: 200,
});

describe("slots", () => {
  test("are never given out twice, and whoever waits is woken when one is free", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), moves, (first, plan) => {
        let total = first;
        const woken: RunId[] = [];
        let now = 0;
        const pool = slots(
          total,
          () => now,
          (run) => woken.push(run),
        );
        const held = new Map<RunId, number>();
        const waiting = new Set<RunId>();
        const used = () => [...held.values()].reduce((sum, n) => sum + n, 0);
        const step = (run: RunId, wants: boolean): void => {
          pool.begin(run);
          if (wants && pool.mayTake(party(run), want)) {
            pool.reserve(party(run));
            held.set(run, (held.get(run) ?? 0) + 1);
            waiting.delete(run);
          } else if (wants) {
            pool.queue(party(run), want);
            waiting.add(run);
          }
          pool.passOn(run);
        };
        for (const [index, move] of plan) {
          const run = runs[index];
          if (!run) throw new Error("no run");
          now += 7;
          if (move === "take") step(run, true);
          else if (move === "give" && (held.get(run) ?? 0) > 0) {
            pool.release(run);
            held.set(run, (held.get(run) ?? 0) - 1);
            step(run, waiting.has(run));
          } else if (move === "leave") {
            pool.leave(run);
            held.delete(run);
            waiting.delete(run);
          }
          const before = used();
          if (move === "resize") {
            total = index + 1;
            pool.resize(total);
          }
          for (let one = woken.pop(); one; one = woken.pop()) step(one, waiting.has(one));
          expect(used()).toBeLessThanOrEqual(Math.max(before, total));
          expect(used() < total && waiting.size > 0).toBe(false);
        }
      }),
    );
  });

  test("go in turn: a run that wants everything does not keep another waiting", () => {
    const [greedy, modest] = runs;
    if (!greedy || !modest) throw new Error("no runs");
    const woken: RunId[] = [];
    const pool = slots(
      4,
      () => 0,
      (run) => woken.push(run),
    );
    while (pool.mayTake(party(greedy), want)) pool.reserve(party(greedy));
    expect(pool.mayTake(party(modest), want)).toBe(false);
    pool.queue(party(modest), want);
    expect(pool.contended(greedy)).toBe(true);
    pool.release(greedy);
    expect(pool.mayTake(party(greedy), want)).toBe(false);
    pool.passOn(greedy);
    expect(woken).toEqual([modest]);
    expect(pool.mayTake(party(modest), want)).toBe(true);
  });

  test("that were offered are kept from newcomers, also when the offer comes while a step is under way", () => {
    const [first, second, third] = runs;
    if (!first || !second || !third) throw new Error("no runs");
    const pool = slots(
      1,
      () => 0,
      () => undefined,
    );
    pool.reserve(party(first));
    pool.begin(second);
    pool.queue(party(second), want);
    pool.leave(first); // offers it to the second, whose step still goes on
    pool.passOn(second);
    expect(pool.mayTake(party(third), want)).toBe(false);
    pool.begin(second);
    expect(pool.mayTake(party(second), want)).toBe(true);
    pool.passOn(second); // it wanted none after all
    expect(pool.mayTake(party(third), want)).toBe(true);
  });

  test("that nobody has cannot be reserved", () => {
    const [run] = runs;
    if (!run) throw new Error("no run");
    const pool = slots(
      1,
      () => 0,
      () => undefined,
    );
    pool.reserve(party(run));
    expect(() => pool.reserve(party(run))).toThrow("nobody has");
  });
});
