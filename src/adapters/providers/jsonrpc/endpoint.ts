// One endpoint of the configuration: opened with the first call, opened again after it was lost, asked by whoever
// serves its methods.
import { errorInfoOf, GleitzeitError, type Millis } from "../../../domain/index.ts";
import { type Clock, connection, type JsonSchemas, type Random } from "../../../engine/ports/index.ts";
import { type Description, descriptionIn, PROTOCOL_VERSION } from "./description.ts";
import { openedSession } from "./opened-session.ts";
import type { Reply } from "./reply.ts";
import { abortError, named, type Question, type RpcSession, type Way } from "./session.ts";

export type EndpointOptions = {
  /** In the configuration. */
  readonly name: string;
  /** Told to it, as the client's. */
  readonly version: string;
  /** How it is reached; found out when it is first called, and each time it is started again. */
  readonly way: () => Promise<Way>;
  readonly clock: Clock;
  readonly random: Pick<Random, "eventId">;
  readonly schemas: () => Promise<JsonSchemas>;
  /** Of one message from it. */
  readonly mostBytes: number;
  /** Of one call; the task's own timeout holds too. */
  readonly timeoutMs?: Millis | undefined;
  /** For its description, which is the first thing it is asked. */
  readonly startMs?: Millis | undefined;
};

export type Endpoint = {
  readonly name: string;
  readonly ask: (question: Question, within?: Millis) => Promise<Reply>;
  /** Kept as long as its program runs; of an address for a while. */
  readonly description: (signal: AbortSignal) => Promise<Description>;
  readonly close: () => Promise<void>;
};

const START_MS = 20_000;
const KNOWN_FOR_MS = 30_000;

export function endpoint(options: EndpointOptions): Endpoint {
  const { name, version, way, clock, schemas, timeoutMs, startMs = START_MS } = options;
  const who = named(name);
  const link = connection(async () => openedSession(await way(), options), clock);
  /** One that was given up is no more soon: the next one is waited for. */
  const opened = async (): Promise<RpcSession> => {
    const session = await link.session();
    if (session.fate() === undefined) return session;
    await session.ended;
    return link.session();
  };
  const known = new WeakMap<RpcSession, { readonly until: number; readonly said: Promise<Description> }>();

  const asked = async (session: RpcSession, question: Question, within?: Millis): Promise<Reply> => {
    const late = new AbortController();
    const callOff =
      within === undefined
        ? () => undefined
        : clock.after(within, () => late.abort(tooLate(who, within, session.noise())));
    const signal = AbortSignal.any([question.signal, late.signal]);
    try {
      return await session.ask({ ...question, signal });
    } finally {
      callOff();
    }
  };

  const described = async (session: RpcSession, signal: AbortSignal): Promise<Description> => {
    const params = { protocolVersions: [PROTOCOL_VERSION], client: { name: "gleitzeit", version } };
    try {
      const reply = await asked(session, { method: "describe", params, signal }, startMs);
      link.works();
      if (reply.ok) return descriptionIn(reply.result, who, await schemas());
      if (reply.error.code === "METHOD_NOT_SUPPORTED") throw notSpoken(who);
      throw new GleitzeitError(reply.error.code, `${who} does not describe itself: ${reply.error.message}`);
    } catch (error) {
      if (error instanceof GleitzeitError && error.code === "PROVIDER_TIMEOUT")
        session.cut(errorInfoOf(error));
      throw error;
    }
  };

  return {
    name,
    ask: async (question, within = timeoutMs) => {
      const session = await opened();
      const reply = await asked(session, question, within);
      link.works();
      return reply;
    },
    description: async (signal) => {
      const session = await opened();
      const before = known.get(session);
      if (before && clock.monotonic() < before.until) return before.said;
      // Whoever asks first may be stopped; the others wait for the same words.
      const said = described(session, new AbortController().signal);
      const until = session.lasts ? Number.POSITIVE_INFINITY : clock.monotonic() + KNOWN_FOR_MS;
      known.set(session, { until, said });
      said.catch(() => known.delete(session));
      return unlessStopped(said, signal);
    },
    close: link.close,
  };
}

async function unlessStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(abortError(signal));
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function tooLate(who: string, within: Millis, noise: string): GleitzeitError {
  const heard = noise === "" ? "" : `; what it wrote is no JSON-RPC message: ${noise.slice(0, 300)}`;
  return new GleitzeitError(
    "PROVIDER_TIMEOUT",
    `${who} did not answer within ${within / 1000} seconds${heard}`,
  );
}

const notSpoken = (who: string): GleitzeitError =>
  new GleitzeitError(
    "PROTOCOL_VERSION_MISMATCH",
    `${who} does not know \`describe\`: a server that does not speak the provider protocol is called by \`jsonrpc/call\`, or has its \`methods\` declared in the configuration (docs/providers/external.md)`,
  );
