// Every row of lessons.md names tests that exist, and a row that was closed once stays closed.
import { describe, expect, test } from "vitest";
import { problemOf, problemsIn, type Row, rowsIn, rowsOf } from "./held.ts";

/** Rows are added here when their last `open:` goes, and never taken away. */
const CLOSED = [
  ...[
    1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 15, 16, 17, 18, 19, 20, 21, 23, 24, 27, 28, 29, 30, 31, 32, 33, 34,
    35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 49, 51, 52, 53, 55, 56, 57,
  ],
  ...[58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 74, 75, 76, 77, 78, 80, 82, 87, 88, 89],
];

const rows = rowsIn("lessons.md");
const isOpen = ({ held }: Row): boolean => held.some((what) => what.startsWith("open:"));

test("every row is held by tests that exist", () => {
  expect(problemsIn(rows)).toEqual([]);
});

test("each number stands once, in order", () => {
  const numbers = rows.map(({ number }) => number);
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
});

test("no closed row is open again or gone", () => {
  const closed = rows.filter((row) => !isOpen(row)).map(({ number }) => number);
  expect(CLOSED.filter((number) => !closed.includes(number))).toEqual([]);
  expect(closed, "closed rows are listed as such").toEqual(CLOSED);
});

describe("the check itself can fail", () => {
  test.each([
    ["architecture.test.ts › nobody wrote this test", "no such test"],
    ["nowhere.test.ts › a test", "no such file"],
    ["cases/nobody-wrote-it", "no such case"],
    ["it just works", "neither"],
    ["by construction: ", "neither"],
  ])("%s", (held, problem) => {
    expect(problemOf(held)).toContain(problem);
  });

  test("a row without anything, or with a cell too many, is no row", () => {
    expect(rowsOf("| 1 | a | b |\n| 2 | c |\n| x | y | z |")).toEqual([
      { number: 1, what: "a", held: ["b"] },
    ]);
  });
});
