// What options take, checked once; a wrong one is wrong usage.
import { z } from "zod";
import {
  didYouMean,
  ERROR_CODES,
  GleitzeitError,
  instantOf,
  isErrorCode,
  isObject,
  type Json,
  Priority,
  parseDuration,
  parseJson,
} from "../../domain/index.ts";

/** The options of one command as its schema gives them. */
export function optionsOf<S extends z.ZodType>(schema: S, options: unknown): z.infer<S> {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new GleitzeitError("USAGE_ERROR", `--${name}: ${issue?.message ?? "not valid"}`);
}

const NUMBERED: Readonly<Record<string, Priority>> = { "1": "high", "2": "normal", "3": "low" };

export const PriorityOption = z
  .string()
  .transform((text) => NUMBERED[text] ?? text)
  .pipe(Priority);

const refuse = (context: z.core.$RefinementCtx, message: string): never => {
  context.addIssue({ code: "custom", message });
  return z.NEVER;
};

/** Milliseconds. */
export const DurationOption = z.string().transform((text, context) => {
  const parsed = parseDuration(/^[\d.]+$/.test(text) ? Number(text) : text);
  if (!parsed.ok) return refuse(context, parsed.message);
  return parsed.ms > 0 ? parsed.ms : refuse(context, "must be over 0 seconds");
});

/** `PATH=JSON`, several times. */
export const SetOption = z.array(z.string()).transform((pairs, context) => {
  const entries = pairs.map((pair): readonly [string, Json] => {
    const at = pair.indexOf("=");
    if (at < 1)
      return [
        refuse(context, `must be PATH=JSON, such as inputs.count=3, not ${JSON.stringify(pair)}`),
        null,
      ];
    try {
      return [pair.slice(0, at), parseJson(pair.slice(at + 1))];
    } catch {
      return [
        refuse(
          context,
          `${pair.slice(0, at)}: ${JSON.stringify(pair.slice(at + 1))} is no JSON; a text is written '"so"'`,
        ),
        null,
      ];
    }
  });
  return Object.fromEntries(entries);
});

export const ErrorCodeOption = z.string().transform((text, context) => {
  const code = text.toUpperCase();
  if (isErrorCode(code)) return code;
  return refuse(
    context,
    `${JSON.stringify(text)} is no error code${didYouMean(code, Object.keys(ERROR_CODES))}`,
  );
});

export const CountOption = (least: number, most: number) =>
  z.string().transform((text, context) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    return refuse(context, `must be a whole number from ${least} to ${most}, not ${JSON.stringify(text)}`);
  });

/** An instant, a date, or how long ago: `2026-03-01T12:00:00Z`, `2026-03-01`, `2h`. */
export const sinceOption = (now: number) =>
  z.string().transform((text, context) => {
    const ago = parseDuration(text);
    if (ago.ok) return instantOf(now - ago.ms);
    const at = Date.parse(text);
    if (!Number.isNaN(at) && /^\d{4}-\d\d-\d\d/.test(text)) return instantOf(at);
    return refuse(
      context,
      `must be an instant (2026-03-01T12:00:00Z), a date or how long ago (2h), not ${JSON.stringify(text)}`,
    );
  });

/** Cursors are opaque; what is in one is nobody's business but this file's. */
export const cursorOf = (position: bigint): string => `v1.${position}`;

export const CursorOption = z.string().transform((text, context) => {
  const digits = /^(?:v1\.)?(\d{1,19})$/.exec(text)?.[1];
  return digits === undefined
    ? refuse(context, `${JSON.stringify(text)} is no cursor of this version`)
    : BigInt(digits);
});

/** A JSON object. */
export const ObjectOption = z.string().transform((text, context) => {
  try {
    const value = parseJson(text);
    return isObject(value) ? value : refuse(context, "must be a JSON object");
  } catch (error) {
    return refuse(context, `is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
});
