import fc from "fast-check";
import { expect, test } from "vitest";
import { Instant, instantOf, millisOf, priorityRank } from "../../src/domain/index.ts";

test("every millisecond of four-digit years has one text, which leads back to it", () => {
  const [first, last] = ["0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"].map(Date.parse);
  fc.assert(
    fc.property(fc.integer({ min: first ?? 0, max: last ?? 0 }), (millis) => {
      const instant = instantOf(millis);
      expect(Instant.parse(instant)).toBe(instant);
      expect(millisOf(instant)).toBe(millis);
    }),
  );
});

test.each([
  "2026-01-31T12:00:00Z",
  "2026-01-31T12:00:00.000",
  "2026-01-31T12:00:00.000+00:00",
  "2026-01-31 12:00:00.000Z",
  "+2026-01-31T12:00:00.000Z",
  "2026-01-31T12:00:00.0000Z",
  "2026-01-31T12:00:00.000Z ",
  "02026-01-31T12:00:00.000Z",
])("%j is not how an instant is written", (text) => {
  expect(Instant.safeParse(text).error?.issues[0]?.message).toBe(
    "an instant is written 2026-01-31T12:00:00.000Z",
  );
});

test("what is more urgent ranks higher", () => {
  const { low, normal, high, urgent } = priorityRank;
  expect([low, normal, high, urgent].toSorted((a, b) => a - b)).toEqual([low, normal, high, urgent]);
  expect(new Set([low, normal, high, urgent]).size).toBe(4);
});
