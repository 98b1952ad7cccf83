// An error, or whatever else was thrown, as JSON text: `{ type, message, stack }`.

import { lineOf } from "./inspect.mjs";
import { jsonOf, slice, text, toWellFormed } from "./own.mjs";

const LONGEST = 64_000;

export function described(error) {
  const isObject = typeof error === "object" && error !== null;
  return `{"type":${quoted(() => (isObject ? typeOf(error) : "Error"))},"message":${quoted(() =>
    isObject && "message" in error ? error.message : lineOf([error]),
  )},"stack":${quoted(() => (isObject && typeof error.stack === "string" ? error.stack : ""))}}`;
}

const typeOf = (error) => (typeof error.name === "string" ? error.name : "Error");

function quoted(take) {
  try {
    return jsonOf(toWellFormed(slice(text(take()), 0, LONGEST)));
  } catch {
    return '"(cannot be told)"';
  }
}
