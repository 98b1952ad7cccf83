// A provider that somebody else wrote, in whatever language: it describes its methods, and is called by the protocol
// of docs/providers/external.md.
import { z } from "zod";
import {
  didYouMean,
  type ErrorInfo,
  errorInfo,
  isObject,
  type JsonObject,
  pathText,
} from "../../../domain/index.ts";
import {
  type Call,
  type Foreseen,
  type Health,
  invalidParams,
  type Method,
  type MethodContext,
  methodNamed,
  type Provider,
  paramProblems,
  providerOf,
} from "../../../engine/ports/index.ts";
import { unhealthy } from "./call-provider.ts";
import type { Description } from "./description.ts";
import type { Endpoint } from "./endpoint.ts";
import { SaidHealth } from "./health.ts";
import { outcomeOf } from "./outcome.ts";
import { progressIn } from "./progress.ts";
import type { Reply } from "./reply.ts";

const HEALTH_MS = 5_000;

export function externalProvider(endpoint: Endpoint, protocol: string): Provider {
  const { name } = endpoint;
  return providerOf({
    protocol,
    name,
    methods: {
      "*": {
        version: 1,
        description: `What ${name} describes: \`gleitzeit providers methods ${protocol}\` asks it.`,
        params: z.looseObject({}),
        result: z.json(),
        examples: [{}],
        answer: (params, context) =>
          outcomeOf(name, () => called(endpoint, protocol, isObject(params) ? params : {}, context)),
      },
    },
    described: async () => (await endpoint.description(NEVER)).methods,
    health: () => healthOf(endpoint),
    preflight: (call) => foreseen(endpoint, protocol, call),
    close: endpoint.close,
  });
}

const NEVER = new AbortController().signal;

async function called(
  endpoint: Endpoint,
  protocol: string,
  params: JsonObject,
  context: MethodContext,
): Promise<Reply> {
  const { signal, method: name, run, task, attempt, idempotencyKey, timeoutMs } = context;
  const { methods } = await endpoint.description(signal);
  const method = methodNamed(methods, name);
  if (!method) return { ok: false, error: unsupported(protocol, name, methods) };
  const problems = paramProblems(method, params);
  if (problems.length > 0) return { ok: false, error: invalidParams(problems) };
  const reply = await endpoint.ask({
    method: "call",
    params: { method: name, params, context: { run, task, attempt, idempotencyKey, timeoutMs } },
    signal,
    stops: true,
    onTold: (what, said) => {
      if (what === "progress") context.emit(progressIn(said));
    },
  });
  return reply.ok ? fitting(reply, method) : reply;
}

function fitting(reply: Extract<Reply, { readonly ok: true }>, method: Method): Reply {
  const [wrong] = paramProblems({ ...method, params: method.result }, reply.result);
  if (!wrong) return reply;
  const message = `${pathText(["result", ...wrong.path])}: ${wrong.message}`;
  return { ok: false, error: errorInfo("TASK_RESULT_INVALID", message) };
}

function unsupported(protocol: string, name: string, methods: Description["methods"]): ErrorInfo {
  const known = Object.keys(methods);
  const hint = didYouMean(name, known) || `; it has ${known.join(", ")}`;
  return errorInfo("METHOD_NOT_SUPPORTED", `${protocol} has no method \`${name}\`${hint}`);
}

/** An endpoint that cannot be asked now may be there when the task is: nothing is said of it. */
async function foreseen(endpoint: Endpoint, protocol: string, call: Call): Promise<readonly Foreseen[]> {
  try {
    const { methods } = await endpoint.description(NEVER);
    const method = methodNamed(methods, call.method);
    if (!method) {
      const { code, message } = unsupported(protocol, call.method, methods);
      return [{ code, message }];
    }
    return paramProblems(method, call.params).map((problem) => ({ code: "INVALID_PARAMS", ...problem }));
  } catch {
    return [];
  }
}

async function healthOf(endpoint: Endpoint): Promise<Health> {
  try {
    const { name, version, methods } = await endpoint.description(NEVER);
    const reply = await endpoint.ask({ method: "health", params: {}, signal: NEVER }, HEALTH_MS);
    if (!reply.ok) return { status: "unhealthy", detail: reply.error.message };
    const { data: said } = SaidHealth.safeParse(reply.result);
    if (!said) return { status: "unhealthy", detail: "its health has not the shape of the protocol" };
    const own = `${name} ${version}`.trim();
    const detail = said.detail ?? `${own === "" ? "" : `${own}, `}${Object.keys(methods).length} methods`;
    return { status: said.status, detail };
  } catch (error) {
    return unhealthy(error);
  }
}
