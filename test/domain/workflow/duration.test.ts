import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDuration } from "../../../src/domain/index.ts";

const ms = (value: unknown): number | string => {
  const parsed = parseDuration(value);
  return parsed.ok ? parsed.ms : parsed.message;
};

describe("durations", () => {
  test.each([
    [30, 30_000],
    [0.5, 500],
    [1.1, 1100],
    [0, 0],
    ["200ms", 200],
    ["0.2s", 200],
    ["5m", 300_000],
    ["1h30m", 5_400_000],
    ["2d", 172_800_000],
    ["1d2h3m4s5ms", 93_784_005],
    [".5s", 500],
  ])("%j is %d ms", (written, expected) => {
    expect(ms(written)).toBe(expected);
  });

  test.each(["", "5", "5 m", "m", "1m1h", "5min", "1..5s", "-5m", "5M", ".s", "1.s", true, null, [], {}])(
    "%j is none, and the message says how to write one",
    (written) => {
      expect(ms(written)).toMatch(/is not a duration: write seconds as a number .*1h30m/);
    },
  );

  test.each([
    [-1, /below zero/],
    [Number.NaN, /below zero/],
    [Number.POSITIVE_INFINITY, /too long/],
    ["99999999999999d", /too long/],
    [0.0001, /shorter than a millisecond/],
  ])("%j is refused", (written, reason) => {
    expect(ms(written)).toMatch(reason);
  });

  test("whole milliseconds come back from seconds and from units", () => {
    fc.assert(
      fc.property(fc.nat(10 ** 12), (millis) => {
        expect(ms(`${millis}ms`)).toBe(millis);
        expect(ms(millis / 1000)).toBe(millis);
      }),
    );
  });

  test("units add up", () => {
    const amount = fc.nat(999);
    fc.assert(
      fc.property(amount, amount, amount, amount, amount, (d, h, m, s, rest) => {
        const expected = (((d * 24 + h) * 60 + m) * 60 + s) * 1000 + rest;
        expect(ms(`${d}d${h}h${m}m${s}s${rest}ms`)).toBe(expected);
      }),
    );
  });

  test("any text is a duration or is refused, whatever its length", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(ms(text)).toEqual(
          typeof ms(text) === "number" ? expect.any(Number) : expect.stringContaining("write"),
        );
      }),
    );
    expect(ms("1".repeat(200_000))).toMatch(/is not a duration/);
  });
});
