import { describe, expect, test } from "vitest";
import { RunId } from "../../src/domain/index.ts";
import { AGEING_MS, type Want } from "../../src/engine/slots/fair-order.ts";
import { fairQueue } from "../../src/engine/slots/fair-queue.ts";

describe("the order of those who wait", () => {
  const idAt = (i: number): RunId =>
    RunId.parse(`00000000-0000-7000-8000-${i.toString(16).padStart(12, "0")}`);
  const indexOfRun = (run: RunId | undefined): number => Number.parseInt(run?.slice(-12) ?? "", 16);
  const order = (waiting: readonly (readonly [string, Want, number])[], now: number): readonly number[] => {
    const queue = fairQueue();
    for (const [i, [tenant, want, at]] of waiting.entries()) queue.add({ run: idAt(i), tenant }, want, at);
    return waiting.map(() => indexOfRun(queue.take(now)));
  };

  test("is priority, then deadline, then tenants in turn, then who came first", () => {
    const normal: Want = { priority: "normal" };
    expect(
      order(
        [
          ["a", { priority: "low" }, 0],
          ["a", normal, 0],
          ["a", { priority: "urgent" }, 0],
        ],
        0,
      ),
    ).toEqual([2, 1, 0]);
    expect(
      order(
        [
          ["a", normal, 0],
          ["a", { ...normal, deadline: 9 }, 0],
          ["a", { ...normal, deadline: 5 }, 0],
        ],
        0,
      ),
    ).toEqual([2, 1, 0]);
    expect(
      order(
        [
          ["a", normal, 0],
          ["a", normal, 0],
          ["b", normal, 0],
          ["b", normal, 0],
        ],
        0,
      ),
    ).toEqual([0, 2, 1, 3]);
    expect(
      order(
        [
          ["a", normal, 0],
          ["a", { priority: "high" }, AGEING_MS],
        ],
        AGEING_MS,
      ),
    ).toEqual([0, 1]);
    expect(
      order(
        [
          ["a", normal, 0],
          ["a", { priority: "urgent" }, AGEING_MS],
        ],
        AGEING_MS,
      ),
    ).toEqual([1, 0]);
  });

  test("a wish that changes keeps its place in time", () => {
    const queue = fairQueue();
    const [first, second] = [idAt(1), idAt(2)];
    queue.add({ run: first, tenant: "a" }, { priority: "low" }, 0);
    queue.add({ run: second, tenant: "a" }, { priority: "normal" }, 0);
    queue.add({ run: first, tenant: "a" }, { priority: "normal" }, 5);
    expect([queue.size(), queue.take(5), queue.take(5), queue.take(5)]).toEqual([
      2,
      first,
      second,
      undefined,
    ]);
  });

  /** Comparisons look at deadlines where nothing else differs, which is where they are counted. */
  test("costs a number of comparisons that follows the logarithm of how many wait", () => {
    const figures = [64, 1_024, 16_384].map((size) => {
      let looked = 0;
      const want: Want = {
        priority: "normal",
        get deadline() {
          looked += 1;
          return undefined;
        },
      };
      const queue = fairQueue();
      for (let i = 0; i < size; i += 1) queue.add({ run: idAt(i), tenant: "a" }, want, 0);
      const adding = looked / 2 / size;
      looked = 0;
      const turns = 100;
      for (let i = 0; i < turns; i += 1) {
        const run = queue.take(0);
        if (run) queue.add({ run, tenant: "a" }, want, 0);
      }
      return { size, adding, turn: looked / 2 / turns };
    });
    for (const { size, adding, turn } of figures) {
      expect(adding).toBeLessThan(3);
      expect(turn).toBeLessThan(2 * Math.log2(size) + 6);
    }
  });
});
