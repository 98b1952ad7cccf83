// MCP tools, resources and prompts as methods. Calls go through the official client, also to the built-in server.
import {
  didYouMean,
  type ErrorInfo,
  errorInfo,
  errorInfoOf,
  GleitzeitError,
  schemaJson,
} from "../../../domain/index.ts";
import {
  type Call,
  type CallContext,
  invalidParams,
  type Outcome,
  type Provider,
  paramProblems,
} from "../../../engine/ports/index.ts";
import { builtinTools } from "./builtin-tools.ts";
import { failureOf, stopped } from "./failure.ts";
import { type McpMethod, mcpMethods, serverParam } from "./methods.ts";
import type { Session } from "./session.ts";
import { LONGEST_TIMER_MS } from "./timer.ts";
import type { Tools } from "./tool.ts";

export type McpOptions = {
  /** Told to servers, as the client's version and the built-in server's. */
  readonly version: string;
  /** Of the built-in server. */
  readonly tools?: Tools;
  /** Names of all servers, to be said where somebody asks for another. */
  readonly servers?: () => readonly string[];
};

const BUILTIN = "builtin";
const PING_TIMEOUT_MS = 5_000;

export function mcpProvider({
  version,
  tools = builtinTools,
  servers = () => [BUILTIN],
}: McpOptions): Provider {
  const methods = mcpMethods(tools, serverParam(BUILTIN, servers));
  const running = new Map<AbortController, Promise<Outcome>>();
  let session: Promise<Session> | undefined;
  let closing: Promise<void> | undefined;

  const opened = (): Promise<Session> => {
    session ??= import("./session.ts")
      .then(({ builtinSession }) => builtinSession(tools, version))
      .catch((error: unknown) => {
        session = undefined;
        throw error;
      });
    return session;
  };

  const answer = async ({ ask }: McpMethod, { params }: Call, context: CallContext, signal: AbortSignal) => {
    try {
      const { client } = await opened();
      const timeout = Math.min(context.timeoutMs, LONGEST_TIMER_MS);
      const { idempotencyKey } = context;
      const result = await ask(client, params, { signal, timeout, idempotencyKey });
      return { ok: true, result, instance: BUILTIN } as const;
    } catch (error) {
      return failed(failureOf(error, signal));
    }
  };

  return {
    protocol: "mcp/v1",
    name: "mcp",
    methods: Object.fromEntries(Object.entries(methods).map(([name, { method }]) => [name, method])),
    execute: async (call, context) => {
      const known = Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
      if (!known) return failed(unsupported(call.method, Object.keys(methods)));
      const problems = paramProblems(known.method, call.params);
      if (problems.length > 0) return failed(invalidParams(problems));
      if (closing) return failed(errorInfo("SYSTEM_SHUTDOWN", "the mcp provider is closed"));
      if (context.signal.aborted) return failed(stopped(context.signal));
      const stop = new AbortController();
      const pass = (): void => stop.abort(context.signal.reason);
      context.signal.addEventListener("abort", pass, { once: true });
      const outcome = answer(known, call, context, stop.signal);
      running.set(stop, outcome);
      try {
        return await outcome;
      } finally {
        running.delete(stop);
        context.signal.removeEventListener("abort", pass);
      }
    },
    describe: async (method) => {
      const name = method.replace(/^tool\./, "");
      const tool = name !== method && Object.hasOwn(tools, name) ? tools[name] : undefined;
      return tool && { description: tool.description, parameters: schemaJson(tool.input) };
    },
    health: async () => {
      if (closing) return { status: "unhealthy", detail: "closed" };
      try {
        const { client } = await opened();
        await client.ping({ timeout: PING_TIMEOUT_MS });
        return { status: "healthy" };
      } catch (error) {
        return { status: "unhealthy", detail: errorInfoOf(error).message };
      }
    },
    // A tool's name that is misspelt here is not for the first server outside that takes whatever it is told.
    takes: ({ method, params }) => params.server === undefined && isMisspelt(method, tools),
    close: () => {
      closing ??= (async () => {
        for (const stop of running.keys()) {
          stop.abort(new GleitzeitError("SYSTEM_SHUTDOWN", "the mcp provider was closed during the call"));
        }
        await Promise.all(running.values());
        await (await session)?.close();
      })();
      return closing;
    },
  };
}

/** Not merely one that begins alike: `echo_twice` may well be a tool of somebody else. */
function isMisspelt(method: string, tools: Tools): boolean {
  const name = method.replace(/^tool\./, "");
  if (name === method || Object.hasOwn(tools, name)) return false;
  const alike = Object.keys(tools).filter((tool) => Math.abs(tool.length - name.length) <= 2);
  return didYouMean(name, alike) !== "";
}

const failed = (error: ErrorInfo): Outcome => ({ ok: false, error });

const unsupported = (method: string, known: readonly string[]): ErrorInfo =>
  errorInfo("METHOD_NOT_SUPPORTED", `mcp/v1 has no method \`${method}\`${didYouMean(method, known)}`);
