// An error that ended a script, told in the user's own files and lines.
import { textOf } from "./modules.mjs";

const LONGEST_MESSAGE = 8_000;
const LONGEST_TRACEBACK = 32_000;
const MOST_FRAMES = 60;
const FRAME = /^\s+at (?:(.*) \()?(.+?):(\d+)(?::(\d+))?\)?$/;

/** JSON text of the failure. `told`: the files, and name and source of the script. */
export function failureText(engine, error, told) {
  const described = engine.call("describe", error);
  // Not even that was possible: there is no memory left, or the script saw to it.
  const found = described.error ? UNTELLABLE : JSON.parse(engine.context.getString(described.value));
  const frames = framesOf(found.stack).filter(({ file }) => isUsers(file, told));
  const place = frames[0] ?? importPlace(engine.modules.missing(), told);
  // What only the end of the script shows is found after it.
  const line = place && (place.file === told.name ? Math.min(place.line, lines(told.source)) : place.line);
  return JSON.stringify({
    kind: "raised",
    type: cut(found.type, 200),
    message: cut(found.message, LONGEST_MESSAGE),
    hint: hintFor(found),
    file: place?.file ?? null,
    line: line ?? null,
    traceback: traceback(found, frames),
  });
}

const UNTELLABLE = { type: "Error", message: "the script failed in a way that cannot be told", stack: "" };

/** A syntax error as `validate` tells it. */
export function problemOf(engine, error, source) {
  const described = engine.call("describe", error);
  const { message, stack } = described.error
    ? UNTELLABLE
    : JSON.parse(engine.context.getString(described.value));
  const [place] = framesOf(stack);
  return {
    message: cut(message, LONGEST_MESSAGE),
    ...(place && { line: Math.min(place.line, lines(source)), column: place.column }),
  };
}

const lines = (text) => text.split("\n").length;

function framesOf(stack) {
  return stack
    .split("\n")
    .map((line) => FRAME.exec(line))
    .filter((found) => found !== null)
    .map(([, name = "", file, line, column]) => ({
      name,
      file,
      line: Number(line),
      column: Number(column ?? 1),
    }));
}

const isUsers = (file, { files, name }) => file === name || files.bytes(file) !== undefined;

/** QuickJS does not say where an import stands that it could not do. */
function importPlace(missing, { files, source, name }) {
  if (missing === undefined) return undefined;
  const text = missing.from === name ? source : files.bytes(missing.from) && textOf(files, missing.from);
  const line = text?.split("\n").findIndex((one) => one.includes(missing.specifier)) ?? -1;
  return line < 0 ? undefined : { file: missing.from, line: line + 1 };
}

function traceback({ type, message, stack }, frames) {
  if (stack === "" || frames.length === 0) return "";
  const lines = frames
    .slice(0, MOST_FRAMES)
    .map(
      ({ name, file, line, column }) => `    at ${name === "" ? "" : `${name} `}(${file}:${line}:${column})`,
    );
  const more = frames.length > MOST_FRAMES ? [`    … ${frames.length - MOST_FRAMES} more`] : [];
  return cut([`${type}: ${message}`, ...lines, ...more].join("\n"), LONGEST_TRACEBACK);
}

const HOST =
  /^'?(?:process|Buffer|__dirname|__filename|fetch|XMLHttpRequest|Deno|Bun|window|document)'? is not defined/;

function hintFor({ type, message }) {
  if (message.startsWith("return not in a function"))
    return "a script is a module: set `result`, or `export default` it";
  if (/^'?(?:require|module|exports)'? is not defined/.test(message))
    return "a script is a module: use `import` and `export`";
  if (HOST.test(message))
    return "a script has nothing of the host; captured files are read with `files.text(path)`";
  if (type === "InternalError" && message === "out of memory")
    return "the script needs more memory than an interpreter may have";
  return null;
}

const cut = (text, longest) =>
  (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`).toWellFormed();
