// A server of the configuration as a provider: its tools by name, and the operations that every server has.
import { GleitzeitError, isObject, type JsonObject } from "../../../domain/index.ts";
import {
  type Call,
  type Connection,
  connection,
  type Foreseen,
  type Health,
  type MethodContext,
  type Outcome,
  type Provider,
  providerOf,
  type ServedMethod,
} from "../../../engine/ports/index.ts";
import { type Asked, operations, serverParam } from "./methods.ts";
import { progressText } from "./progress.ts";
import { serverFailure } from "./server-failure.ts";
import type { ServerOptions } from "./server-options.ts";
import type { ServerSession } from "./server-session.ts";
import { LONGEST_TIMER_MS } from "./timer.ts";
import { anyTool, callTool, describedTool, foreseenTool, listedTools } from "./tool-call.ts";

type Ask = (
  session: ServerSession,
  params: JsonObject,
  asked: Asked,
  context: MethodContext,
) => Promise<JsonObject>;

export function mcpServerProvider(options: ServerOptions): Provider {
  const { name, clock } = options;
  const server = serverParam(name, options.servers);
  const link = connection(async (signal) => {
    const { openedServer } = await import("./opened-server.ts");
    return openedServer(options, signal);
  }, clock);

  const answerBy =
    (ask: Ask) =>
    async (params: unknown, context: MethodContext): Promise<Outcome> => {
      let session: ServerSession | undefined;
      try {
        session = await link.session();
        const result = await ask(session, isObject(params) ? params : {}, askedOf(context), context);
        link.works();
        return { ok: true, result, instance: name };
      } catch (error) {
        if (context.signal.aborted) void doubted(session, context.signal);
        else if (session && session.fate() === undefined) link.works();
        return { ok: false, error: serverFailure(error, name, session?.fate()), instance: name };
      }
    };

  const asks: readonly (readonly [string, ServedMethod])[] = Object.entries(operations(server)).map(
    ([key, { method, ask }]) => {
      const own: Ask = (session, params, asked) => ask(session.client, params, asked);
      return [key, { ...method, answer: answerBy(key === "tools/list" ? listedTools : own) }];
    },
  );
  return providerOf({
    protocol: "mcp/v1",
    name,
    methods: {
      "tool.*": { ...anyTool(server), answer: answerBy(callTool) },
      ...Object.fromEntries(asks),
    },
    health: () => healthOf(link, name),
    preflight: (call) => foreseen(link, call),
    describe: async (method) => describedTool(await link.session(), method),
    takes: ({ params }) => params.server === name,
    close: link.close,
  });
}

const askedOf = (context: MethodContext): Asked => ({
  signal: context.signal,
  idempotencyKey: context.idempotencyKey,
  timeout: LONGEST_TIMER_MS,
  onprogress: (progress) => context.emit({ kind: "progress", text: progressText(progress) }),
});

/** A call that took too long may have been the call's fault, or the server's. */
async function doubted(session: ServerSession | undefined, { reason }: AbortSignal): Promise<void> {
  if (reason instanceof GleitzeitError && reason.code === "TASK_TIMEOUT") await session?.proves();
}

/** A server that cannot be asked now may be there when the task is: nothing is said of it. */
async function foreseen(link: Connection<ServerSession>, call: Call): Promise<readonly Foreseen[]> {
  try {
    return await foreseenTool(await link.session(), call);
  } catch {
    return [];
  }
}

async function healthOf(link: Connection<ServerSession>, name: string): Promise<Health> {
  try {
    const session = await link.session();
    if (!(await session.proves())) return { status: "unhealthy", detail: "it does not answer" };
    link.works();
    const { name: own = "", version = "" } = session.client.getServerVersion() ?? {};
    const tools = session.client.getServerCapabilities()?.tools ? (await session.tools()).size : 0;
    return { status: "healthy", detail: `${own} ${version}, ${tools} tools` };
  } catch (error) {
    return { status: "unhealthy", detail: serverFailure(error, name, undefined).message };
  }
}
