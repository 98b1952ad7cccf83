import fc from "fast-check";
import { expect, test } from "vitest";
import { cell } from "../../../src/adapters/exports/csv.ts";
import { readCsv, unguarded } from "./csv-reader.ts";

const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom("=", "+", "-", "@", "'", '"', ",", "\r", "\n", "\t", " ", "＝", "a", "|"),
  }),
);

test("whatever stands in the cells of a row, reading it gives back what it was", () => {
  fc.assert(
    fc.property(fc.array(nasty, { minLength: 1, maxLength: 6 }), (cells) => {
      const [row = [], ...rest] = readCsv(`${cells.map(cell).join(",")}\r\n`);
      expect(rest).toEqual([]);
      expect(row.map(unguarded)).toEqual(cells);
    }),
  );
});

test("no cell is a formula, in quotes or not", () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const [[shown = ""] = []] = readCsv(`${cell(text)}\r\n`);
      expect(shown).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    }),
  );
  expect(cell('=HYPERLINK("http://x","y")')).toBe(`"'=HYPERLINK(""http://x"",""y"")"`);
});
