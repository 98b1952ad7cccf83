// A provider out of its methods: finding them, checking params and results, stopping and closing are the same for
// all that answer a call by one function, and are done here.
import { didYouMean, errorInfo, errorInfoOf, GleitzeitError } from "../../domain/index.ts";
import { methodNamed } from "./method-named.ts";
import { invalidParams, paramProblems } from "./params.ts";
import type { Call, CallContext, Method, Outcome, Provider } from "./provider.ts";

/** What a method is told beside its params; `signal` is aborted at the timeout, on cancellation and at closing. */
export type MethodContext = CallContext & { readonly method: string };

/** `params` are as the schema gives them back. What is thrown is a failure: TASK_EXECUTION_FAILED unless it says its own code. */
export type ServedMethod = Method & {
  answer(params: unknown, context: MethodContext): Promise<Outcome>;
};

type Parts = Pick<Provider, "protocol" | "name"> & {
  readonly methods: Readonly<Record<string, ServedMethod>>;
  readonly described?: Provider["described"];
  readonly takes?: Provider["takes"];
  readonly preflight?: Provider["preflight"];
  readonly describe?: Provider["describe"];
  readonly health?: Provider["health"];
  readonly close?: () => Promise<void>;
};

export function providerOf(parts: Parts): Provider {
  const { protocol, name, methods, described, takes, preflight, describe, health, close } = parts;
  const closing = new AbortController();
  const running = new Set<Promise<Outcome>>();
  let closed: Promise<void> | undefined;

  const execute = async (call: Call, context: CallContext): Promise<Outcome> => {
    const over = [context.signal, closing.signal].find(({ aborted }) => aborted);
    if (over) return stopped(over);
    const method = methodNamed(methods, call.method);
    if (!method) return unsupported(protocol, call.method, Object.keys(methods));
    const problems = paramProblems(method, call.params);
    if (problems.length > 0) return { ok: false, error: invalidParams(problems) };
    const signal = AbortSignal.any([context.signal, closing.signal]);
    const work = async () =>
      method.answer(method.params.parse(call.params), { ...context, signal, method: call.method });
    return unlessStopped(work(), method, signal);
  };

  return {
    protocol,
    name,
    methods,
    ...(described && { described }),
    ...(takes && { takes }),
    ...(preflight && { preflight }),
    ...(describe && { describe }),
    execute: (call, context) => {
      const outcome = execute(call, context);
      running.add(outcome);
      return outcome.finally(() => running.delete(outcome));
    },
    health: async () =>
      closing.signal.aborted
        ? { status: "unhealthy", detail: "closed" }
        : ((await health?.()) ?? { status: "healthy" }),
    close: () => {
      closed ??= (async () => {
        closing.abort(new GleitzeitError("SYSTEM_SHUTDOWN", `the provider ${name} is closed`));
        await Promise.allSettled(running);
        await close?.();
      })();
      return closed;
    },
  };
}

const unsupported = (protocol: string, name: string, known: readonly string[]): Outcome => ({
  ok: false,
  error: errorInfo("METHOD_NOT_SUPPORTED", `${protocol} has no method \`${name}\`${didYouMean(name, known)}`),
});

const stopped = ({ reason }: AbortSignal): Outcome => ({
  ok: false,
  error: errorInfoOf(reason, "TASK_CANCELLED"),
});

/** A method that does not listen to its signal is left behind, not waited for. */
async function unlessStopped(work: Promise<Outcome>, method: Method, signal: AbortSignal): Promise<Outcome> {
  let stop = (): void => undefined;
  const abandoned = new Promise<Outcome>((resolve) => {
    stop = () => resolve(stopped(signal));
    signal.addEventListener("abort", stop, { once: true });
  });
  const done = work.then(
    (outcome) => checked(outcome, method),
    (error: unknown): Outcome =>
      signal.aborted ? stopped(signal) : { ok: false, error: errorInfoOf(error, "TASK_EXECUTION_FAILED") },
  );
  try {
    return await Promise.race([done, abandoned]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function checked(outcome: Outcome, { result: schema }: Method): Outcome {
  if (!outcome.ok) return outcome;
  const parsed = schema.safeParse(outcome.result);
  if (parsed.success) return outcome;
  const [issue] = parsed.error.issues;
  const place = ["result", ...(issue?.path ?? []).map(String)].join(".");
  return { ok: false, error: errorInfo("TASK_RESULT_INVALID", `${place}: ${issue?.message ?? "invalid"}`) };
}
