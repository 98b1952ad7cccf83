import fc from "fast-check";
import { expect, test } from "vitest";
import { placesIn } from "../../../src/adapters/documents/lines.ts";
import { read } from "./catalog.ts";

const pieces = fc.constantFrom(
  ..."name: |tasks:|- |  |\n|    method: echo/echo\n|{|}|[|]|,|: |&a |*a|!t |? |# |\"|'|> |${a.x}|---\n|...\n|\t|\\|%|@|`|<<: ".split(
    "|",
  ),
  "|",
);

test("any text is a document or has problems with places in it, and nothing is thrown", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: pieces, maxLength: 40 }));
  fc.assert(
    fc.property(text, fc.constantFrom("yaml" as const, "json" as const), (source, format) => {
      const { definition, problems } = read(source, format);
      expect(definition === undefined).toBe(problems.length > 0);
      const lines = source.split("\n").length;
      for (const { line = 0, column = 0 } of problems) {
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(lines + 1);
        expect(column).toBeGreaterThan(0);
      }
    }),
    { numRuns: 3000 },
  );
});

test("places count lines and columns from 1", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "é", "\r") }), fc.nat(50), (text, at) => {
      const offset = Math.min(at, text.length);
      const before = text.slice(0, offset).split("\n");
      expect(placesIn(text)(offset)).toEqual({
        line: before.length,
        column: (before.at(-1) ?? "").length + 1,
      });
    }),
  );
});
