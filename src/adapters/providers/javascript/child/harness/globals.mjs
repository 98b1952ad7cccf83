// What a script finds beside the language itself: console, timers, its context, its captured files.

import { lineOf } from "./inspect.mjs";
import { apply, define, jsonOf, max, parsed, push, resolved, settled, splice, toWellFormed } from "./own.mjs";

const timers = [];
const uncaught = [];
let lastTimer = 0;
let host;

export function install(given) {
  host = given;
  const out = (...values) => write(1, `${lineOf(values)}\n`);
  const err = (...values) => write(2, `${lineOf(values)}\n`);
  const assert = (isTrue, ...values) => {
    if (!isTrue) write(2, `Assertion failed${values.length > 0 ? `: ${lineOf(values)}` : ""}\n`);
  };
  offer("console", {
    log: out,
    info: out,
    debug: out,
    dir: out,
    table: out,
    error: err,
    warn: err,
    trace: err,
    assert,
  });
  offer("setTimeout", (call, delay, ...args) => added(call, delay, args));
  offer("setInterval", (call, delay, ...args) => added(call, delay, args, true));
  offer("clearTimeout", cleared);
  offer("clearInterval", cleared);
  offer("queueMicrotask", (call) => void settled(resolved, () => guarded(call)));
  offer("files", {
    list: () => parsed(host.names()),
    text: fileText,
    json: (path) => parsed(fileText(path)),
    bytes: (path) => new Uint8Array(found(path, host.bytes(jsonOf(`${path}`)))),
  });
  offer("result", undefined);
}

/** `context`: JSON text. */
export const receive = (context) => offer("context", parsed(context));

const offer = (name, value) =>
  void define(globalThis, name, { value, writable: true, configurable: true, enumerable: false });

const write = (stream, line) => host.write(stream, jsonOf(toWellFormed(line)));
const fileText = (path) => parsed(found(path, host.text(jsonOf(`${path}`))));

function found(path, content) {
  if (content !== undefined) return content;
  throw new Error(`no file ${path}: a script sees only the files its task names; add it under \`files:\``);
}

function added(call, delay, args, isRepeated = false) {
  if (typeof call !== "function") throw new TypeError("a timer calls a function");
  const every = max(1, +delay || 0);
  lastTimer += 1;
  enter({ id: lastTimer, due: host.now() + every, every, isRepeated, call, args });
  return lastTimer;
}

/** In the order in which they are due. */
function enter(timer) {
  let at = timers.length;
  while (at > 0 && timers[at - 1].due > timer.due) at -= 1;
  if (at === timers.length) push(timers, timer);
  else splice(timers, at, 0, timer);
}

function cleared(id) {
  for (let i = 0; i < timers.length; i++) {
    if (timers[i].id === id) splice(timers, i, 1);
  }
}

/** Nobody awaits it: what it throws fails the script. */
function guarded(call) {
  try {
    call();
  } catch (error) {
    push(uncaught, { error });
  }
}

/** Calls the first timer that is due. Milliseconds until there may be more to do, −1 when there is nothing. */
export function fire() {
  if (uncaught.length > 0) throw uncaught[0].error;
  const first = timers[0];
  if (first === undefined) return -1;
  const wait = first.due - host.now();
  if (wait > 0) return wait;
  splice(timers, 0, 1);
  if (first.isRepeated) enter({ ...first, due: host.now() + first.every });
  apply(first.call, undefined, first.args);
  return 0;
}
