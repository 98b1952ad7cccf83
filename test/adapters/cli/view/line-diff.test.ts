// What two texts do not share, as lines.
import fc from "fast-check";
import { expect, test } from "vitest";
import { lineDiff } from "../../../../src/adapters/cli/view/line-diff.ts";

const few = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 5 });

test("lines that go, come and stay, with what stands around them", () => {
  const before = ["1", "2", "3", "4", "5", "6", "7"].join("\n");
  const shown = ["  2", "  3", "- 4", "+ four", "  5", "  6", "…"];
  expect(lineDiff(before, before.replace("4", "four"))).toEqual(shown);
  expect(lineDiff(before, before)).toEqual([]);
});

test("without what comes it is the first, without what goes the second", () => {
  fc.assert(
    fc.property(few, few, (before, after) => {
      const all = lineDiff(before.join("\n"), after.join("\n"));
      fc.pre(!all.includes("…"));
      const side = (mark: string) =>
        all.filter((line) => !line.startsWith(mark)).map((line) => line.slice(2));
      if (all.length === 0) expect(before).toEqual(after);
      const [first, second] = [before.join("\n"), after.join("\n")];
      expect(first).toContain(side("+").join("\n"));
      expect(second).toContain(side("-").join("\n"));
      expect(first.length - side("+").join("\n").length).toBe(second.length - side("-").join("\n").length);
    }),
  );
});
