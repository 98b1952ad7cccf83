import fc from "fast-check";
import { expect, test } from "vitest";
import { slug, workflowIdOf } from "../../../src/domain/index.ts";
import { ID_PATTERN, taskIdOf } from "../../../src/domain/workflow/slug.ts";

test.each([
  ["Bakery receipt", "bakery-receipt"],
  ["Café au lait", "cafe-au-lait"],
  ["Müller & Söhne", "muller-sohne"],
  ["3 boats", "_3-boats"],
  ["analyze_text", "analyze_text"],
  ["  a -- b  ", "a-b"],
  ["ﬁne Ⅳ", "fine-iv"],
  ["x".repeat(300), "x".repeat(100)],
  [`${"x".repeat(99)} y`, "x".repeat(99)],
])("the slug of %j is %j", (name, expected) => {
  expect(slug(name)).toBe(expected);
});

test("a name of which nothing is left has no slug", () => {
  expect(slug("日本語")).toBeUndefined();
  expect(slug("!!!")).toBeUndefined();
});

test("a slug is an id, and its own slug unless its case was changed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 250 }), (name) => {
      const made = slug(name);
      if (made === undefined) return;
      expect(made).toMatch(ID_PATTERN);
      expect(slug(made)).toBe(made);
    }),
  );
});

test("a task is its id, else the slug of its name, else its place", () => {
  expect(taskIdOf({ id: "A", name: "B" }, 0)).toBe("A");
  expect(taskIdOf({ name: "Count words" }, 0)).toBe("count-words");
  expect(taskIdOf({}, 2)).toBe("task-3");
  expect(taskIdOf({ name: "日本語" }, 0)).toBe("task-1");
});

test("a workflow is its id, else the slug of its name", () => {
  expect(workflowIdOf({ id: "x", name: "Y" })).toBe("x");
  expect(workflowIdOf({ name: "Word statistics" })).toBe("word-statistics");
  expect(workflowIdOf({ name: "!" })).toBe("workflow");
});
