// What somebody says of a failure, made I-JSON. A result that is no JSON is refused; a report must not be lost over it.
import type { ErrorInfo } from "./errors.ts";
import { isObject, type Json, MAX_DEPTH } from "./json.ts";

/** Room for the places under which events and errors hold it. */
const DEEPEST = MAX_DEPTH - 20;

/**
 * Numbers that I-JSON cannot write stand as text, lone surrogates as U+FFFD, and what lies too deep (or in itself)
 * is replaced by a remark. Equal to its argument where that is I-JSON.
 */
export const madeJson = (value: unknown): Json => made(value, 0) ?? null;

/** The same of an error: every part of it, and of its causes. */
export function madeError({ code, message, retryable, details, cause }: ErrorInfo): ErrorInfo {
  const shown = details === undefined ? undefined : madeJson(details);
  return {
    code,
    message: message.toWellFormed(),
    retryable,
    ...(isObject(shown) && { details: shown }),
    ...(cause && { cause: madeError(cause) }),
  };
}

function made(value: unknown, depth: number): Json | undefined {
  switch (typeof value) {
    case "string":
      return value.toWellFormed();
    case "number":
      return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
        ? value
        : String(value);
    case "boolean":
      return value;
    case "bigint":
      return String(value);
    case "object":
      return value === null ? null : structure(value, depth);
    case "undefined":
    case "function":
    case "symbol":
      return undefined;
  }
}

function structure(value: object, depth: number): Json {
  if (depth > DEEPEST) return `(nested deeper than ${DEEPEST})`;
  // Not `map`, which leaves the holes of a list where they are.
  if (Array.isArray(value)) return Array.from(value, (member: unknown) => made(member, depth + 1) ?? null);
  const members: [string, Json][] = [];
  for (const [key, member] of Object.entries(value)) {
    const plain = made(member, depth + 1);
    if (plain !== undefined) members.push([key.toWellFormed(), plain]);
  }
  return Object.fromEntries(members);
}
