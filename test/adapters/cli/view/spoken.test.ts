import fc from "fast-check";
import { expect, test } from "vitest";
import { spoken } from "../../../../src/adapters/cli/view/spoken.ts";
import { TaskId } from "../../../../src/domain/index.ts";

const task = TaskId.parse("a");
const other = TaskId.parse("b");
const piece = (text: string, kind = "text") => ({ task, kind, text });

test("tokens become lines, however they are cut, and nothing is lost", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom("x", "ü", "\n", " "), maxLength: 6 })),
      (pieces) => {
        const saying = spoken();
        const lines = pieces.flatMap((text) => saying.add(piece(text)));
        expect([...lines, ...saying.rest(task)].join("\n")).toBe(pieces.join("").replace(/\n$/, ""));
      },
    ),
  );
});

test("what is thought and what is said do not run into each other, nor do tasks", () => {
  const saying = spoken();
  expect(saying.add(piece("hm", "thinking"))).toEqual([]);
  expect(saying.add({ ...piece("else"), task: other })).toEqual([]);
  expect(saying.add(piece("So: "))).toEqual(["hm"]);
  expect(saying.add(piece("three\nand"))).toEqual(["So: three"]);
  expect(saying.rest(task)).toEqual(["and"]);
  expect(saying.rest(task)).toEqual([]);
  expect(saying.get(other)).toBe("else");
});

test("last is what is being written, by its end, else the last line that says something", () => {
  const saying = spoken();
  expect(saying.get(task)).toBeUndefined();
  saying.add(piece("first\n\n"));
  expect(saying.get(task)).toBe("first");
  saying.add(piece("sec"));
  expect(saying.get(task)).toBe("sec");
  saying.add(piece("x".repeat(60)));
  expect(saying.get(task)).toBe(`…${"x".repeat(50)}`);
});

test("a line without an end is cut: it is shown, and does not grow for ever", () => {
  const saying = spoken();
  expect(saying.add(piece("y".repeat(2_001)))).toEqual(["y".repeat(2_001)]);
  expect(saying.rest(task)).toEqual([]);
});
