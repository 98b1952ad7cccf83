// Runs one script as a module, to its end, and tells what came of it as JSON text.
import { Buffer } from "node:buffer";
import { failureText, problemOf } from "./failures.mjs";
import { STOP, textOf } from "./modules.mjs";

/** What a script leaves in `result` at its top level is exported under this name; nobody imports it. */
const EXPORTED = "__gleitzeit_result__";
const MODULE = { type: "module" };

/** Undefined when there is no result but what was printed. */
export function executed(engine, files, job, kit) {
  const { context, call } = engine;
  const source = sourceOf(files, job);
  const told = (error) => failureText(engine, error, { files, source, name: job.name });
  const setting = call("receive", context.newString(job.context));
  if (setting.error) return told(setting.error);
  const started = evaluated(engine, source, job.name);
  if (started.error) return told(started.error);
  const ended = runToEnd(engine, started.value, kit);
  if (ended.error) return told(ended.error);
  const answer = call("answer", ended.value, context.newString(EXPORTED), context.newNumber(job.limit));
  if (answer.error) return told(answer.error);
  const text = context.getString(answer.value);
  if (text === "") return undefined;
  // The harness counts characters; the limit is in bytes.
  const isTooLarge = text.startsWith(VALUE) && Buffer.byteLength(text) - VALUE.length - 1 > job.limit;
  return isTooLarge ? tooLarge(job.limit) : text;
}

const VALUE = '{"kind":"value","result":';
const tooLarge = (limit) =>
  JSON.stringify({
    kind: "unfit",
    place: "result",
    reason: `is larger than ${limit} bytes as JSON; return less, or raise the limit`,
  });

/** Jobs and timers, until there are none; a script that fails does not wait for its timers. */
function runToEnd({ context, runtime, call }, script, { sleep }) {
  for (;;) {
    const jobs = runtime.executePendingJobs();
    if (jobs.error) return { error: jobs.error };
    const state = context.getPromiseState(script);
    if (state.type === "rejected") return { error: state.error };
    const fired = call("fire");
    if (fired.error) return { error: fired.error };
    const wait = context.getNumber(fired.value);
    if (wait > 0) sleep(wait / 1000);
    else if (wait < 0 && !runtime.hasPendingJob()) {
      return state.type === "fulfilled" ? { value: state.value } : { error: context.newError(STUCK) };
    }
  }
}

const STUCK = {
  name: "Error",
  message: "the script waits for a promise that nothing can settle any more",
};

/**
 * A `result` that a script declares itself is seen from outside only when it is exported. Where there is none, the
 * script does not parse with that export, and nothing of it has run.
 */
function evaluated({ context }, source, name) {
  if (!source.includes("result")) return context.evalCode(source, name, MODULE);
  const given = context.evalCode(`${source}\n;export{result as ${EXPORTED}}`, name, MODULE);
  const isUndeclared = given.error && messageOf(context, given.error) === UNDECLARED;
  return isUndeclared ? context.evalCode(source, name, MODULE) : given;
}

const UNDECLARED = "exported variable 'result' does not exist";

function messageOf(context, error) {
  return context.typeof(error) === "object" ? context.dump(context.getProp(error, "message")) : undefined;
}

/** Parsed, but not run: an import that cannot be done stops it in between. */
export function checked(engine, files, job) {
  const source = sourceOf(files, job);
  engine.modules.refuseAll();
  const { error } = engine.context.evalCode(`${source}\n;import "${STOP}"`, job.name, MODULE);
  const problem = problemOf(engine, error, source);
  const errors = problem.message === STOP ? [] : [problem];
  return JSON.stringify({ kind: "value", result: { valid: errors.length === 0, errors } });
}

export function facts({ context }, { version }) {
  const names = context.unwrapResult(
    context.evalCode("Object.getOwnPropertyNames(globalThis).sort().join()"),
  );
  return JSON.stringify({
    kind: "value",
    result: { engine: "quickjs", version, platform: "wasm", globals: context.getString(names).split(",") },
  });
}

const sourceOf = (files, { file, code }) => (file === undefined ? code : textOf(files, file));
