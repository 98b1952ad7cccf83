// Values as `console.log` shows them: texts as they are, everything else so that its parts can be seen.
import {
  className,
  dateText,
  descriptorOf,
  getPrototypeOf,
  includes,
  isArray,
  isPlainKey,
  join,
  jsonOf,
  mapEach,
  min,
  ownKeys,
  plainPrototype,
  push,
  regExpText,
  repeat,
  replaceAll,
  setEach,
  slice,
  symbolText,
  text,
} from "./own.mjs";

const DEEPEST = 4;
const MOST_PARTS = 100;
const WIDTH = 76;

/** What one call prints, without the end of the line. */
export function lineOf(values) {
  const parts = [];
  for (let i = 0; i < values.length; i++)
    push(parts, typeof values[i] === "string" ? values[i] : shown(values[i]));
  return join(parts, " ");
}

function shown(value) {
  try {
    return inspected(value, 0, []);
  } catch (error) {
    return typeof error === "object" && error !== null
      ? "[cannot be shown]"
      : `[cannot be shown: ${text(error)}]`;
  }
}

function inspected(value, depth, open) {
  switch (typeof value) {
    case "string":
      return includes(value, "'")
        ? jsonOf(value)
        : `'${replaceAll(slice(jsonOf(value), 1, -1), '\\"', '"')}'`;
    case "bigint":
      return `${text(value)}n`;
    case "symbol":
      return symbolText(value);
    case "number":
      return value === 0 && 1 / value < 0 ? "-0" : text(value);
    case "function":
      return `[Function: ${descriptorOf(value, "name")?.value || "(anonymous)"}]`;
    case "object":
      return value === null ? "null" : object(value, depth, open);
    default:
      return text(value);
  }
}

function object(value, depth, open) {
  for (let i = 0; i < open.length; i++) if (open[i] === value) return "[Circular]";
  const prototype = getPrototypeOf(value);
  const name = className(prototype);
  if (value instanceof Error) return errorText(value);
  if (value instanceof Date) return text(dateText(value));
  if (value instanceof RegExp) return regExpText(value);
  if (value instanceof Promise) return "Promise";
  if (depth >= DEEPEST) return isArray(value) ? "[Array]" : `[${name === "Object" ? "Object" : name}]`;
  push(open, value);
  const parts = partsOf(value, (part) => inspected(part, depth + 1, open));
  open.length -= 1;
  const isPlain = prototype === plainPrototype || name === "Array";
  const label = prototype === null ? "[Object: null prototype] " : isPlain ? "" : `${name} `;
  return (
    label + enclosed(parts, isArray(value) || ArrayBuffer.isView(value) ? ["[", "]"] : ["{", "}"], depth)
  );
}

function partsOf(value, show) {
  const parts = [];
  let more = 0;
  const add = (make) => {
    if (parts.length < MOST_PARTS) push(parts, make());
    else more += 1;
  };
  if (isArray(value) || ArrayBuffer.isView(value)) {
    const most = min(value.length ?? 0, MOST_PARTS);
    for (let i = 0; i < most; i++) add(() => show(value[i]));
    more = (value.length ?? 0) - most;
  } else if (value instanceof Map)
    mapEach(value, (member, key) => add(() => `${show(key)} => ${show(member)}`));
  else if (value instanceof Set) setEach(value, (member) => add(() => show(member)));
  else {
    const keys = ownKeys(value);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      const found = descriptorOf(value, key);
      if (!found?.enumerable) continue;
      const name = typeof key === "symbol" ? `[${symbolText(key)}]` : isPlainKey(key) ? key : jsonOf(key);
      add(() => `${name}: ${"value" in found ? show(found.value) : "[Getter]"}`);
    }
  }
  if (more > 0) push(parts, `… ${more} more`);
  return parts;
}

function enclosed(parts, marks, depth) {
  if (parts.length === 0) return marks[0] + marks[1];
  const flat = join(parts, ", ");
  if (flat.length + depth * 2 <= WIDTH && !includes(flat, "\n")) return `${marks[0]} ${flat} ${marks[1]}`;
  const inner = repeat("  ", depth + 1);
  return `${marks[0]}\n${inner}${join(parts, `,\n${inner}`)}\n${repeat("  ", depth)}${marks[1]}`;
}

function errorText(error) {
  const { name, message, stack } = error;
  const frames =
    typeof stack === "string" && stack !== ""
      ? `\n${slice(stack, 0, stack[stack.length - 1] === "\n" ? -1 : stack.length)}`
      : "";
  return `${name}: ${message}${frames}`;
}
