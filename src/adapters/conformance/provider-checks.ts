// What holds for every provider and costs nothing to find out: none of these checks makes a call that does anything.
import { type Json, type JsonObject, RunId, TaskId } from "../../domain/index.ts";
import {
  type Call,
  type CallContext,
  type Checked,
  type CheckReport,
  checkReport,
  type Finding,
  type Outcome,
  type Provider,
  paramProblems,
} from "../../engine/ports/index.ts";

type Check = Checked & {
  readonly run: (provider: Provider, execute: Execute) => Promise<Finding>;
};

type Execute = (call: Call, signal?: AbortSignal) => Promise<Outcome>;

const NO_METHOD = "no-such-method";

const CHECKS: readonly Check[] = [
  {
    name: "health",
    promise: "it can work",
    remedy: "see what its own page under docs/providers says of that",
    run: async (provider) => {
      const { status, detail } = (await provider.health?.()) ?? { status: "healthy" };
      return status === "healthy"
        ? undefined
        : { failed: `it is ${status}${detail === undefined ? "" : `: ${detail}`}` };
    },
  },
  {
    name: "examples",
    promise: "each method says what it does, with an example that its own schema accepts",
    remedy: "give each method a `description` and `examples`",
    run: async ({ methods }) => {
      for (const [name, method] of Object.entries(methods)) {
        const { description, examples } = method;
        if (description === "") return { failed: `${name} has no description` };
        if (examples.length === 0) return { failed: `${name} has no example` };
        const [wrong] = examples.flatMap((params) => paramProblems(method, params));
        if (wrong) return { failed: `${name}: ${wrong.path.join(".")}: ${wrong.message}` };
      }
      return undefined;
    },
  },
  {
    name: "unknown-method",
    promise: "a method that is not there is refused with METHOD_NOT_SUPPORTED",
    remedy: "answer what you do not know with that code",
    run: async ({ methods }, execute) => {
      if (Object.hasOwn(methods, "*")) return { skipped: "any name will do" };
      return unlessRefused(await execute({ method: NO_METHOD, params: {} }), "METHOD_NOT_SUPPORTED");
    },
  },
  {
    name: "bad-params",
    promise: "params that do not fit are refused with INVALID_PARAMS",
    remedy: "check the params of each call before anything is done",
    run: async ({ methods }, execute) => {
      const strange: Json = { [NO_METHOD]: 1 };
      const strict = Object.entries(methods).find(([, method]) => paramProblems(method, strange).length > 0);
      if (!strict) return { skipped: "every method takes anything" };
      const [key] = strict;
      const method = key.replace(/\*$/, NO_METHOD);
      return unlessRefused(await execute({ method, params: strange }), "INVALID_PARAMS");
    },
  },
  {
    name: "stopped",
    promise: "a call that was stopped before it began is not made",
    remedy: "look at the signal first",
    run: async ({ methods }, execute) => {
      const [[name = "", { examples = [] } = {}] = []] = Object.entries(methods);
      const [params = {}]: readonly JsonObject[] = examples;
      const outcome = await execute({ method: name.replace(/\*$/, NO_METHOD), params }, AbortSignal.abort());
      return outcome.ok ? { failed: "it was made" } : undefined;
    },
  },
];

/** `run`: an id that stands for no run. */
export async function* providerChecks(provider: Provider, run: string): AsyncGenerator<CheckReport> {
  const context = contextOf(run);
  const execute: Execute = (call, signal = context.signal) => provider.execute(call, { ...context, signal });
  for (const check of CHECKS) yield checkReport(check, await check.run(provider, execute));
}

function unlessRefused(outcome: Outcome, code: string): Finding {
  if (outcome.ok) return { failed: "it was answered with a result" };
  return outcome.error.code === code
    ? undefined
    : { failed: `it was refused with ${outcome.error.code}: ${outcome.error.message}` };
}

function contextOf(run: string): CallContext {
  const nothing = (): void => undefined;
  return {
    run: RunId.parse(run),
    task: TaskId.parse("check"),
    attempt: 1,
    idempotencyKey: `${run}/check`,
    signal: new AbortController().signal,
    timeoutMs: 10_000,
    files: [],
    readFile: async ({ path }) => {
      throw new Error(`a check has no file ${path}`);
    },
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    emit: nothing,
  };
}
