import fc from "fast-check";
import { expect, test } from "vitest";
import { heap } from "../../../src/domain/index.ts";
import { tries } from "../tries.ts";

const byNumber = () => heap<number>((a, b) => a < b);

function emptied(entries: readonly number[]): readonly number[] {
  const one = byNumber();
  for (const entry of entries) one.push(entry);
  const out: number[] = [];
  for (let next = one.pop(); next !== undefined; next = one.pop()) out.push(next);
  return out;
}

test("what goes in comes out, the first by its order first", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 40 }), (entries) => {
      expect(emptied(entries)).toEqual(entries.toSorted((a, b) => a - b));
    }),
    tries(500),
  );
  expect(emptied([5, 3, 8, 1, 9, 2, 7, 4, 6, 0, 3])).toEqual([0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9]);
});

test("what is looked at stays, and of nothing there is nothing", () => {
  const one = byNumber();
  expect(one.peek()).toBeUndefined();
  expect(one.pop()).toBeUndefined();
  one.push(2);
  one.push(1);
  expect(one.peek()).toBe(1);
  expect(one.peek()).toBe(1);
  expect([one.pop(), one.pop(), one.pop(), one.peek()]).toEqual([1, 2, undefined, undefined]);
});

test("it costs as many comparisons as it has levels, not entries", () => {
  let compared = 0;
  const one = heap<number>((a, b) => {
    compared += 1;
    return a < b;
  });
  for (let i = 1023; i >= 0; i -= 1) one.push(i);
  compared = 0;
  one.push(-1);
  expect(compared).toBeLessThanOrEqual(11);
  compared = 0;
  one.pop();
  expect(compared).toBeLessThanOrEqual(22);
});
