// A script's result as I-JSON text, or the place and the reason why it cannot be that. Nothing is left out or changed.
import {
  arrayPrototype,
  className,
  descriptorOf,
  getPrototypeOf,
  includes,
  isArray,
  isFiniteNumber,
  isInteger,
  isPlainKey,
  isSafeInteger,
  isWellFormed,
  join,
  jsonOf,
  keysOf,
  ownList,
  plainPrototype,
  slice,
  symbolsOf,
  text,
} from "./own.mjs";

/** Joining long texts piece by piece is slow. */
const CHUNK = 4_096;
const DEEPEST = 200;
const LONGEST_NAME = 200;
const LONGEST_PLACE = 2_000;

const ADVICE = {
  __proto__: null,
  Date: "return .toISOString()",
  Map: "return Object.fromEntries(…)",
  Set: "return [...…]",
  Promise: "await it",
  RegExp: "return its .source",
  Error: "throw it, or return its .message",
  ArrayBuffer: "return [...new Uint8Array(…)], or text",
  Uint8Array: "return [...…], or text",
};

/** `{ text }`, or `{ place, reason }`. At most about `limit` characters are made. */
export function converted(value, limit) {
  const steps = ownList();
  const open = ownList();
  let room = limit;
  const chunks = ownList();
  let made = "";
  let reason;

  try {
    write(value, 0);
    chunks[chunks.length] = made;
    return { text: join(chunks, "") };
  } catch (error) {
    return { place: placeOf(steps), reason: reason ?? `cannot be converted: ${told(error)}` };
  }

  function refuse(why) {
    reason = why;
    throw why;
  }

  function add(piece) {
    room -= piece.length;
    if (room < 0) refuse(`is larger than ${limit} bytes as JSON; return less, or raise the limit`);
    made += piece;
    if (made.length < CHUNK) return;
    chunks[chunks.length] = made;
    made = "";
  }

  function write(value, depth) {
    if (value === null || value === true || value === false) return add(text(value));
    switch (typeof value) {
      case "string":
        return writeText(value);
      case "number":
        return add(numberText(value));
      case "object":
        return writeObject(value, depth);
      case "undefined":
        return refuse("undefined is not JSON; leave it out, or use null");
      case "bigint":
        return refuse(`a BigInt (${slice(text(value), 0, 40)}) is not JSON; return it as a string`);
      default:
        return refuse(`a ${typeof value} is not JSON; return text, numbers, lists and objects`);
    }
  }

  function writeText(value) {
    if (value.length > room) add(value);
    if (!isWellFormed(value)) refuse("text with a lone surrogate");
    add(jsonOf(value));
  }

  function numberText(value) {
    if (!isFiniteNumber(value)) refuse(`${text(value)} is not JSON; return null or a string`);
    if (isInteger(value) && !isSafeInteger(value))
      refuse(`integer ${text(value)} is beyond 2^53 − 1; return it as a string`);
    return jsonOf(value);
  }

  function writeObject(value, depth) {
    for (let i = 0; i < open.length; i++) if (open[i] === value) refuse("a cycle: the value contains itself");
    if (depth >= DEEPEST) refuse(`nested deeper than ${DEEPEST}`);
    open[open.length] = value;
    if (isArray(value)) writeList(value, depth);
    else writeMembers(value, depth);
    open.length -= 1;
  }

  function writeList(list, depth) {
    if (getPrototypeOf(list) !== arrayPrototype) refuseInstance(getPrototypeOf(list));
    const { length } = list;
    add("[");
    for (let i = 0; i < length; i++) {
      steps[steps.length] = i;
      if (i > 0) add(",");
      write(list[i], depth + 1);
      steps.length -= 1;
    }
    add("]");
  }

  function writeMembers(object, depth) {
    const prototype = getPrototypeOf(object);
    if (prototype !== plainPrototype && prototype !== null) refuseInstance(prototype);
    const keys = keysOf(object);
    const symbols = symbolsOf(object);
    for (let i = 0; i < symbols.length; i++)
      if (descriptorOf(object, symbols[i])?.enumerable) refuse("a key is a symbol, not text");
    add("{");
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (i > 0) add(",");
      writeText(key);
      add(":");
      steps[steps.length] = key;
      write(object[key], depth + 1);
      steps.length -= 1;
    }
    add("}");
  }

  function refuseInstance(prototype) {
    const name = className(prototype);
    const advice = ADVICE[name] ?? "return a plain object, such as {...it}";
    refuse(`${includes("AEIOU", name[0]) ? "an" : "a"} ${name} is not JSON; ${advice}`);
  }
}

function placeOf(steps) {
  let place = "result";
  for (let i = 0; i < steps.length && place.length < LONGEST_PLACE; i++) {
    const step = steps[i];
    const key = typeof step === "string" ? slice(step, 0, LONGEST_NAME) : step;
    if (typeof key === "number") place += `[${key}]`;
    else place += isPlainKey(key) ? `.${key}` : `[${jsonOf(key)}]`;
  }
  return place;
}

/** What a getter or a proxy of the script's threw. */
function told(error) {
  try {
    return slice(
      typeof error === "object" && error !== null ? `${error.name}: ${error.message}` : text(error),
      0,
      500,
    );
  } catch {
    return "it throws what cannot be told";
  }
}
