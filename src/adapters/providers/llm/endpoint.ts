// One model server: sends what a wire puts together and hands on what comes, or says what went wrong. Nothing is repeated.
import { GleitzeitError, type Json, type Millis } from "../../../domain/index.ts";
import type {
  CallContext,
  Clock,
  Outbound,
  OutboundRequest,
  OutboundResponse,
} from "../../../engine/ports/index.ts";
import type { Wire, WireRequest } from "./ask.ts";
import { eventsOf, objectIn, wholeText } from "./events.ts";
import { Failed, failed, httpEvidence, partialEvidence } from "./failed.ts";
import { listener, type Said } from "./said.ts";
import { refused, type Server } from "./server-fault.ts";

export type ApiKey = {
  /** For messages: what to set. */
  readonly variable: string | undefined;
  /** As it is now: asked for with each call. */
  readonly read: () => Promise<string | undefined>;
};

export type EndpointOptions = {
  readonly name: string;
  readonly wire: Wire;
  readonly url: string;
  readonly apiKey?: ApiKey | undefined;
  /** Trusted: the address is the operator's. */
  readonly outbound: Outbound;
  readonly clock: Clock;
  /** Of an answer. */
  readonly mostBytes: number;
};

export type Asking = Pick<CallContext, "emit"> & {
  readonly model: string;
  readonly signal: AbortSignal;
  readonly silenceMs: Millis;
  /** The same for every attempt; passed on where the protocol has a place for it. */
  readonly idempotencyKey?: string;
};

export type Endpoint = {
  readonly server: Server;
  readonly wire: Wire;
  readonly converse: (request: WireRequest, asking: Asking) => Promise<Said>;
  /** A short answer, as one JSON value. */
  readonly read: (request: WireRequest, asking: Omit<Asking, "emit">) => Promise<Json>;
};

/** Of what a server says beside a status that was not wanted. */
const MOST_ERROR_BYTES = 64 * 1024;

export function endpoint({ name, wire, url, apiKey, outbound, clock, mostBytes }: EndpointOptions): Endpoint {
  const base = url.replace(/\/+$/, "");
  const server: Server = { name, origin: new URL(base).origin };
  const source = { server, mostBytes };

  const send = async (request: WireRequest, asking: Omit<Asking, "emit">): Promise<OutboundResponse> => {
    const key = await apiKey?.read();
    if (apiKey && key === undefined) throw withoutKey(name, apiKey.variable);
    const response = await outbound.send(outgoing(request, asking, key));
    if (response.status >= 200 && response.status <= 299) return response;
    const body = await wholeText(response, { server, mostBytes: MOST_ERROR_BYTES }, "cut");
    throw refused(server, response, body, { model: asking.model, now: clock.now() });
  };

  const outgoing = (
    { method, path, body }: WireRequest,
    asking: Omit<Asking, "emit">,
    key: string | undefined,
  ): OutboundRequest => ({
    url: `${base}${path}`,
    method,
    headers: {
      "user-agent": "gleitzeit",
      accept: "*/*",
      "accept-encoding": "identity",
      ...(body && { "content-type": "application/json" }),
      ...(asking.idempotencyKey !== undefined && { "idempotency-key": asking.idempotencyKey }),
      ...wire.headers(key),
    },
    signal: asking.signal,
    silenceMs: asking.silenceMs,
    ...(body && { body: JSON.stringify(body) }),
  });

  return {
    server,
    wire,
    converse: async (request, asking) => {
      const { model, emit } = asking;
      // An answer that nobody reads to its end is called off, so that its connection is not held.
      const left = new AbortController();
      const signal = AbortSignal.any([asking.signal, left.signal]);
      const response = await send(request, { ...asking, signal });
      const said = listener({ server, model, mostBytes, emit });
      try {
        if (isOneJson(response, wire, server)) {
          for (const piece of wire.pieces(objectIn(await wholeText(response, source), server)))
            said.hear(piece);
        } else {
          for await (const event of eventsOf(response, wire.framing, source))
            for (const piece of wire.pieces(event)) said.hear(piece);
        }
      } catch (error) {
        // What breaks off after the end breaks off nothing.
        if (!said.isWhole() || !isLost(error)) throw withPartial(error, said.text());
      } finally {
        left.abort();
      }
      return said.end();
    },
    read: async (request, asking) => objectIn(await wholeText(await send(request, asking), source), server),
  };
}

const withoutKey = (name: string, variable = "its key"): Failed =>
  failed(
    "CONFIGURATION_ERROR",
    `provider \`${name}\` needs a key: set the environment variable ${variable}, or \`gleitzeit secrets set ${variable}\``,
  );

const isLost = (error: unknown): boolean =>
  error instanceof GleitzeitError && error.code === "CONNECTION_LOST";

/** What was said until then stays as evidence. */
function withPartial(error: unknown, text: string): unknown {
  if (text === "" || !(error instanceof GleitzeitError)) return error;
  return failed(error.code, error.message, { evidence: partialEvidence(text), cause: error });
}

/** Some servers answer in one piece, whatever they are asked for. */
function isOneJson({ status, headers }: OutboundResponse, { framing }: Wire, { origin }: Server): boolean {
  const type = String(headers["content-type"] ?? "").toLowerCase();
  const isJson = /^application\/(?:[\w.+-]+\+)?json\b/.test(type);
  if (framing === "lines") {
    if (type === "" || isJson || /ndjson|jsonl/.test(type)) return false;
  } else if (isJson || type === "" || type.startsWith("text/event-stream")) {
    return isJson;
  }
  throw failed(
    "PROVIDER_ERROR",
    `${origin} answers with ${type}: that is no API of models; look at its address`,
    {
      evidence: httpEvidence(status, ""),
    },
  );
}

/** Whatever was thrown on the way, as an outcome; what is no failure of the call goes on. */
export function outcomeOfError(error: unknown): Failed["outcome"] | undefined {
  return error instanceof Failed ? error.outcome : undefined;
}
