// A provider out of functions: each method is its schemas and what it does. Checks, errors, stopping and closing are
// the same for all of them and are done here.
import { z } from "zod";
import {
  type ErrorInfo,
  errorInfo,
  errorInfoOf,
  GleitzeitError,
  type Json,
  type JsonObject,
} from "../../../domain/index.ts";
import {
  type Call,
  type CallContext,
  type Health,
  invalidParams,
  type Method,
  type Outcome,
  type Provider,
  paramProblems,
} from "../../../engine/ports/index.ts";
import { methodNamed } from "./method-named.ts";

/** What a method is told beside its params; `signal` is aborted at the timeout, on cancellation and at the end. */
export type MethodContext = CallContext & { readonly method: string };

export type DefinedMethod<Params extends z.ZodType> = {
  readonly description: string;
  readonly params: Params;
  /** What it gives back; any JSON when left out. */
  readonly result?: z.ZodType;
  readonly execute: (params: z.output<Params>, context: MethodContext) => Promise<Json> | Json;
  readonly examples?: readonly JsonObject[];
  /** Rises when the same params may give something else than before. */
  readonly version?: number;
  readonly idempotent?: boolean;
  readonly files?: Method["files"];
};

export type DefinedProvider<Schemas extends Readonly<Record<string, z.ZodType>>> = {
  /** `shop/v1`; tasks say `method: shop/price`. */
  readonly protocol: string;
  /** The protocol without its version when left out. */
  readonly name?: string;
  readonly methods: { readonly [Name in keyof Schemas]: DefinedMethod<Schemas[Name]> };
  readonly health?: () => Promise<Health>;
  readonly close?: () => Promise<void>;
};

const PROTOCOL = /^[a-z][a-z0-9_-]*\/v[1-9]\d*$/;

export function defineProvider<const Schemas extends Readonly<Record<string, z.ZodType>>>(
  definition: DefinedProvider<Schemas>,
): Provider {
  const { protocol, name = protocol.replace(/\/.*$/, ""), health, close } = definition;
  if (!PROTOCOL.test(protocol)) {
    throw new GleitzeitError("CONFIGURATION_ERROR", `a protocol is written \`name/v1\`, not \`${protocol}\``);
  }
  const entries = Object.entries<DefinedMethod<z.ZodType>>(definition.methods);
  const methods = Object.fromEntries(entries.map(([key, method]) => [key, published(method)]));
  const code = new Map(entries.map(([key, { execute }]) => [key, execute]));
  const closing = new AbortController();
  const running = new Set<Promise<Outcome>>();
  let closed: Promise<void> | undefined;

  const execute = async (call: Call, context: CallContext): Promise<Outcome> => {
    const { signal } = context;
    if (signal.aborted || closing.signal.aborted) return stopped(signal.aborted ? signal : closing.signal);
    const found = methodNamed(protocol, call.method, methods);
    if (!found.ok) return found;
    const { method, key } = found;
    const problems = paramProblems(method, call.params);
    if (problems.length > 0) return { ok: false, error: invalidParams(problems) };
    const either = AbortSignal.any([signal, closing.signal]);
    const work = async (): Promise<Json> =>
      (await code.get(key)?.(method.params.parse(call.params), {
        ...context,
        signal: either,
        method: call.method,
      })) ?? null;
    return outcomeOf(work(), method, either);
  };

  return {
    protocol,
    name,
    methods,
    execute: (call, context) => {
      const outcome = execute(call, context);
      running.add(outcome);
      return outcome.finally(() => running.delete(outcome));
    },
    health: health ?? (async () => ({ status: closing.signal.aborted ? "unhealthy" : "healthy" })),
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

const published = ({
  description,
  params,
  result,
  examples,
  version,
  idempotent,
  files,
}: DefinedMethod<z.ZodType>): Method => ({
  version: version ?? 1,
  description,
  params,
  result: result ?? z.json(),
  examples: examples ?? [],
  ...(idempotent !== undefined && { idempotent }),
  ...(files && { files }),
});

const stopped = ({ reason }: AbortSignal): Outcome => ({
  ok: false,
  error: errorInfoOf(reason, "TASK_CANCELLED"),
});

/** A method that does not listen to its signal is left behind, not waited for. */
async function outcomeOf(
  work: Promise<Json>,
  { result: schema }: Method,
  signal: AbortSignal,
): Promise<Outcome> {
  let stop = (): void => undefined;
  const abandoned = new Promise<Outcome>((resolve) => {
    stop = () => resolve(stopped(signal));
    signal.addEventListener("abort", stop, { once: true });
  });
  const done = work.then(
    (result): Outcome => checked(result, schema),
    (error: unknown): Outcome => (signal.aborted ? stopped(signal) : { ok: false, error: failure(error) }),
  );
  try {
    return await Promise.race([done, abandoned]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function checked(result: Json, schema: z.ZodType): Outcome {
  const parsed = schema.safeParse(result);
  if (parsed.success) return { ok: true, result };
  const [issue] = parsed.error.issues;
  const place = ["result", ...(issue?.path ?? []).map(String)].join(".");
  return { ok: false, error: errorInfo("TASK_RESULT_INVALID", `${place}: ${issue?.message ?? "invalid"}`) };
}

/** An error that says its code keeps it, also one made by another copy of this library. */
function failure(error: unknown): ErrorInfo {
  return errorInfoOf(error, "TASK_EXECUTION_FAILED");
}
