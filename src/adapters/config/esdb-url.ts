// URLs of stores on EventStoreDB: esdb://[USER:PASSWORD@]HOST[:PORT][,…][/LOG][?OPTIONS]. The client warns on the
// terminal of what it does not know, and goes on; here that is refused.
import { didYouMean } from "../../domain/index.ts";

export type EsdbStore = {
  readonly kind: "esdb";
  /** As the client takes it. */
  readonly url: string;
  /** What keeps several logs on one server apart. */
  readonly log?: string;
  /** The store as users may see it. */
  readonly place: string;
  /** A name for the folder of what lies on this machine and not in the store. */
  readonly folder: string;
};

type Parts = {
  readonly scheme: string;
  readonly credentials: string | undefined;
  readonly hosts: readonly string[];
  readonly log: string | undefined;
  readonly options: readonly string[];
};

const SHAPE = /^(esdb(?:\+discover)?):\/\/(?:([^/?#]*)@)?([^/?#@]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i;
const HOST = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]*)(?::\d{1,5})?$/;
const LOG = /^[A-Za-z0-9_-]{1,64}$/;
const DEFAULT_PORT = 2113;

const NUMBER = /^\d{1,9}$/;
const TEXT = /./;

/** Option → what it takes, and how to say that. */
const OPTIONS: Readonly<Record<string, readonly [RegExp, string]>> = {
  tls: [/^(?:true|false)$/, "true or false"],
  tlsCAFile: [TEXT, "a file"],
  userCertFile: [TEXT, "a file"],
  userKeyFile: [TEXT, "a file"],
  connectionName: [TEXT, "a name"],
  maxDiscoverAttempts: [NUMBER, "a number"],
  discoveryInterval: [NUMBER, "milliseconds"],
  gossipTimeout: [NUMBER, "seconds"],
  keepAliveInterval: [/^(?:-1|\d{5,9})$/, "milliseconds, 10000 or more, or -1"],
  keepAliveTimeout: [/^(?:-1|\d{5,9})$/, "milliseconds, 10000 or more, or -1"],
  nodePreference: [/^leader$/, "leader, since other nodes do not know yet what was just written"],
};

export const isEsdb = (scheme: string): boolean => scheme === "esdb" || scheme === "esdb+discover";

/** Why it cannot be used; undefined when it can. Nothing of the URL but names of options is repeated. */
export function esdbProblem(url: string): string | undefined {
  const parts = partsOf(url);
  if (!parts) return "expected `esdb://[USER:PASSWORD@]HOST[:PORT][/LOG][?OPTIONS]`";
  const { scheme, credentials, hosts, log, options } = parts;
  if (credentials !== undefined && !/^[^:]+:[^:]+$/.test(credentials)) {
    return "expected `USER:PASSWORD@` before the host; other characters than letters and digits as %XX";
  }
  if (!hosts.every((host) => HOST.test(host)))
    return "expected `HOST` or `HOST:PORT`, several with `,` between";
  if (scheme === "esdb+discover" && hosts.length > 1)
    return "`esdb+discover:` takes one host, which knows the others";
  if (log !== undefined && !LOG.test(log))
    return "the name of a log has 1 to 64 letters, digits, `-` and `_`";
  for (const option of options) {
    const [name = "", value = ""] = option.split("=", 2);
    const [shape, says] = Object.hasOwn(OPTIONS, name) ? (OPTIONS[name] ?? []) : [];
    if (!shape) return `unknown option \`${name}\`${didYouMean(name, Object.keys(OPTIONS))}`;
    if (!shape.test(value)) return `option \`${name}\` takes ${says}`;
  }
  return undefined;
}

/** Of a checked URL. */
export function esdbStore(url: string): EsdbStore {
  const parts = partsOf(url);
  if (!parts) throw new Error("a store's URL is used unchecked");
  const { scheme, credentials, hosts, log, options } = parts;
  const before = credentials === undefined ? "" : `${credentials}@`;
  const after = options.length > 0 ? `?${options.join("&")}` : "";
  const named = log === undefined ? "" : `/${log}`;
  const places = hosts.map((host) => (host.includes(":") ? host : `${host}:${DEFAULT_PORT}`));
  const beside = places.toSorted().map((place) => place.replace(":", "_"));
  return {
    kind: "esdb",
    url: `${scheme}://${before}${hosts.join(",")}${after}`,
    ...(log !== undefined && { log }),
    place: `${scheme}://${hosts.join(",")}${named}`,
    folder: ["esdb", ...beside, ...(log === undefined ? [] : [`log-${log}`])].join("-"),
  };
}

function partsOf(url: string): Parts | undefined {
  const [, scheme, credentials, hosts, log, options] = SHAPE.exec(url.trim()) ?? [];
  if (scheme === undefined || !hosts) return undefined;
  return {
    scheme: scheme.toLowerCase(),
    credentials,
    hosts: hosts.split(","),
    log: log || undefined,
    options: options ? options.split("&") : [],
  };
}
