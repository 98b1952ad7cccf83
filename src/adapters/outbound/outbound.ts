// The one client that speaks HTTP to other machines: keep-alive connections per origin, no redirects, no proxy, and for
// URLs that users name a guard where the connection is made.
//
// 1. The host of the URL is judged before anything is looked up.
// 2. All addresses of a name are judged; the connection then goes to those and no other lookup is made (rebinding).
// 3. The address at the other end is judged once more when the connection stands.
import { type LookupAddress, lookup as systemLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { Agent, buildConnector, request as undiciRequest } from "undici";
import { asError, GleitzeitError } from "../../domain/index.ts";
import type { Outbound, OutboundRequest, OutboundResponse } from "../../engine/ports/index.ts";
import { agentsOf } from "./agents.ts";
import { type Allowed, bareHost, type Destinations, destinations, notAllowed } from "./destinations.ts";
import { failureOf } from "./failure.ts";

export type OutboundOptions = {
  /** Absent for endpoints of the operator's own configuration, which are trusted as they are. */
  readonly allow?: Allowed;
  /** Where `allow` stands in the configuration, for whoever is refused; `outbound.allow` when left out. */
  readonly setting?: string;
  /** Instead of the system's; for tests of names that lead elsewhere. */
  readonly lookup?: (host: string) => Promise<readonly LookupAddress[]>;
};

const CONNECT_MS = 10_000;
const MOST_HEADER_BYTES = 64 * 1024;
const CONNECTIONS_PER_ORIGIN = 64;
const MOST_ADDRESSES = 10_000;

export function outbound({ allow, lookup = systemAddresses, setting }: OutboundOptions): Outbound {
  const guard = allow && guardOf(allow, setting);
  /** By origin: what was connected to last. */
  const addresses = new Map<string, string>();
  const connected = (origin: string, address: string): void => {
    if (addresses.size >= MOST_ADDRESSES) addresses.clear();
    addresses.set(origin, address);
  };
  const agents = agentsOf(
    (tls) =>
      new Agent({
        connect: connector({ timeout: CONNECT_MS, lookup: judged(lookup, guard), ...tls }, guard, connected),
        connections: CONNECTIONS_PER_ORIGIN,
        maxHeaderSize: MOST_HEADER_BYTES,
        pipelining: 1,
      }),
  );
  let closed: Promise<void> | undefined;

  return {
    send: async (wanted) => {
      const url = urlOf(wanted.url);
      const problem = guard?.urlProblem(url);
      if (guard && problem !== undefined) throw guard.refusal(problem);
      try {
        const response = await exchange(agents.showing(wanted.certificate), url, wanted);
        const address = addresses.get(url.host);
        return address === undefined ? response : { ...response, address };
      } catch (error) {
        wanted.signal.throwIfAborted();
        throw failureOf(error, url);
      }
    },
    close: () => {
      closed ??= agents.destroy();
      return closed;
    },
  };
}

async function exchange(agent: Agent, url: URL, wanted: OutboundRequest): Promise<OutboundResponse> {
  const { method, headers, body, signal, silenceMs } = wanted;
  const {
    statusCode,
    headers: given,
    body: pieces,
  } = await undiciRequest(url, {
    dispatcher: agent,
    method,
    headers,
    body: body ?? null,
    signal,
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
  });
  const present = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { status: statusCode, headers: Object.fromEntries(present), body: read(pieces, url, signal) };
}

async function* read(
  pieces: AsyncIterable<Uint8Array>,
  url: URL,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    signal.throwIfAborted();
    throw failureOf(error, url);
  }
}

function urlOf(text: string): URL {
  try {
    return new URL(text);
  } catch (error) {
    throw new GleitzeitError("INVALID_PARAMS", `${JSON.stringify(text)} is not a URL`, { cause: error });
  }
}

type Lookup = NonNullable<OutboundOptions["lookup"]>;
type Guard = Destinations & { readonly refusal: (what: string) => GleitzeitError };

const guardOf = (allow: Allowed, setting = "outbound.allow"): Guard => ({
  ...destinations(allow),
  refusal: (what) => notAllowed(what, setting),
});

function connector(
  options: buildConnector.BuildOptions,
  guard: Guard | undefined,
  connected: (host: string, address: string) => void,
): buildConnector.connector {
  const connect = buildConnector(options);
  return (asked, callback) =>
    connect(asked, (...outcome) => {
      const [error, socket] = outcome;
      if (error) return callback(error, null);
      const address = socket.remoteAddress ?? "";
      const problem = guard?.addressProblem(address, bareHost(asked.hostname));
      if (!guard || problem === undefined) {
        connected(asked.host ?? asked.hostname, address);
        return callback(null, socket);
      }
      socket.destroy();
      callback(guard.refusal(problem), null);
    });
}

/** Not called by the system for hosts that are addresses: those are judged with the URL. */
const judged =
  (lookup: Lookup, guard: Guard | undefined): LookupFunction =>
  (host, options, callback) => {
    lookup(host).then(
      (addresses) => {
        const problems = addresses.flatMap(
          ({ address }) => guard?.addressProblem(address, bareHost(host)) ?? [],
        );
        const [first] = addresses;
        if (guard && problems[0] !== undefined) return callback(guard.refusal(`${host}: ${problems[0]}`), "");
        if (!first)
          return callback(Object.assign(new Error(`${host} has no address`), { code: "ENOTFOUND" }), "");
        if (options.all) return callback(null, [...addresses]);
        callback(null, first.address, first.family);
      },
      (error: unknown) => callback(asError(error), ""),
    );
  };

const systemAddresses: Lookup = (host) =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });
