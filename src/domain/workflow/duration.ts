// Durations as documents write them: a number is seconds, a text has units. Milliseconds everywhere else.
import type { Millis } from "../instant.ts";
import { described } from "./described.ts";

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;

const NUMBER = "(\\d+(?:\\.\\d+)?|\\.\\d+)";
const PARTS = ["d", "h", "m(?!s)", "s", "ms"].map((unit) => `(?:${NUMBER}${unit})?`);

/** Of a duration with units; what is not empty and fits is one, unless it is too long or too short. */
export const DURATION_PATTERN = `^(?!$)${PARTS.join("")}$`;
const TEXT = new RegExp(DURATION_PATTERN);

const REMEDY = 'write seconds as a number (30, 0.5) or a text with units ("200ms", "5m", "1h30m", "2d")';

export type Duration =
  | { readonly ok: true; readonly ms: Millis }
  | { readonly ok: false; readonly message: string };

export function parseDuration(value: unknown): Duration {
  if (typeof value === "number") return rounded(value * UNITS.s, value);
  if (typeof value !== "string") return refuse(`${described(value)} is not a duration`);
  const parts = TEXT.exec(value);
  if (!parts) return refuse(`${described(value)} is not a duration`);
  const [, d, h, m, s, ms] = parts;
  const amounts: readonly (readonly [string | undefined, number])[] = [
    [d, UNITS.d],
    [h, UNITS.h],
    [m, UNITS.m],
    [s, UNITS.s],
    [ms, UNITS.ms],
  ];
  const given = amounts.filter((amount): amount is readonly [string, number] => amount[0] !== undefined);
  return rounded(
    given.reduce((sum, [text, unit]) => sum + Number(text) * unit, 0),
    value,
  );
}

/** Of a definition that was validated. */
export function durationMs(value: number | string): Millis {
  const duration = parseDuration(value);
  if (!duration.ok) throw new Error(`a validated definition holds a bad duration: ${duration.message}`);
  return duration.ms;
}

function rounded(ms: number, written: number | string): Duration {
  if (!(ms >= 0)) return refuse(`${described(written)} is below zero`);
  const whole = Math.round(ms);
  if (!Number.isSafeInteger(whole)) return refuse(`${described(written)} is too long`);
  if (whole === 0 && ms > 0) return refuse(`${described(written)} is shorter than a millisecond`);
  return { ok: true, ms: whole };
}

const refuse = (what: string): Duration => ({ ok: false, message: `${what}: ${REMEDY}` });
