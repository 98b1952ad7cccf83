import { expect, test } from "vitest";
import { luxonZones } from "../../../src/adapters/host/index.ts";
import { instantOf, writtenInstant } from "../../../src/domain/index.ts";

const read = (text: unknown, zone?: string): string => {
  const found = writtenInstant(text, zone, luxonZones());
  return found.ok ? instantOf(found.at) : found.message;
};

test.each([
  ["2026-03-01T12:00:00Z", undefined, "2026-03-01T12:00:00.000Z"],
  ["2026-03-01T12:00:00.25+01:00", undefined, "2026-03-01T11:00:00.250Z"],
  ["2026-03-01 12:00-0530", undefined, "2026-03-01T17:30:00.000Z"],
  ["2026-07-01T12:00", "Europe/Berlin", "2026-07-01T10:00:00.000Z"],
  ["2026-01-01", "Europe/Berlin", "2025-12-31T23:00:00.000Z"],
  ["2026-07-01T12:00Z", "Europe/Berlin", "2026-07-01T12:00:00.000Z"],
])("%s in %s is %s", (text, zone, instant) => expect(read(text, zone)).toBe(instant));

test("when clocks change, a time left out is so much later, a time that comes twice is the first", () => {
  expect(read("2026-03-29T02:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
  expect(read("2026-10-25T02:30", "Europe/Berlin")).toBe("2026-10-25T00:30:00.000Z");
});

test("without an offset and without a zone nobody knows which instant is meant", () => {
  expect(read("2026-03-01T12:00:00")).toMatch(/has no offset.*`timezone`/);
  expect(read("2026-03-01")).toMatch(/has no offset/);
});

test.each([
  ["tomorrow", /is not an instant/],
  [5, /is not an instant/],
  ["2026-02-30T12:00:00Z", /on no calendar/],
  ["2026-03-01T25:00:00Z", /on no calendar/],
  ["2026-03-01T12:00:00+24:00", /offset that no place has/],
])("%s is refused", (text, message) => expect(read(text)).toMatch(message));

test("an unknown zone is refused", () =>
  expect(read("2026-03-01T12:00", "Mars/Olympus")).toMatch(/unknown timezone "Mars\/Olympus"/));
