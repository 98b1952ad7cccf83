// The server: the engine of the command line behind HTTP. Loaded when `serve` is typed, and not before.
import { accessLog, denials, doorkeeper, payloadReads } from "../adapters/access/index.ts";
import { outputs } from "../adapters/cli/json/shapes.ts";
import { bytesIn, millisIn, shown } from "../adapters/config/index.ts";
import { sha256 } from "../adapters/host/index.ts";
import { httpServer } from "../adapters/http/index.ts";
import { GleitzeitError } from "../domain/index.ts";
import {
  checkSecrets,
  type Driving,
  type OwnEngine,
  type ProviderRegistry,
  preflight,
  type Reading,
} from "../engine/index.ts";
import type { OpenStore } from "../open-store.ts";
import { auditDesksOf } from "./audit/desk.ts";
import type { Base } from "./base.ts";
import { actorOf } from "./base.ts";
import { postedDocuments } from "./documents/posted.ts";
import type { Outsides } from "./secrets.ts";
import { requestsPerMinute, settingsDeskOf } from "./settings.ts";
import type { Retention } from "./store/retention.ts";
import { webhookDeskOf } from "./webhooks.ts";

export type Serving = {
  /** Where it answers. */
  readonly url: string;
  /** Whether it asks for keys: if not, it listens on this machine alone. */
  readonly asksForKeys: boolean;
  readonly close: () => Promise<void>;
};

export type ServeOptions = { readonly host?: string | undefined; readonly port?: number | undefined };

type Given = {
  readonly base: Base;
  readonly outsides: Outsides;
  readonly registry: () => Promise<ProviderRegistry>;
  readonly reading: () => Promise<Reading>;
  readonly driving: () => Promise<Driving & OpenStore & { readonly engine: OwnEngine }>;
  readonly retention: Retention;
};

export async function serve(given: Given, asked: ServeOptions): Promise<Serving> {
  const { base, outsides, registry, reading } = given;
  const { clock, random, closing, settings } = base;
  const { values } = await settings();
  const driving = await given.driving();
  const { store, tenant, remember, nameOf } = driving;
  const log = await base.log();
  const keys = await driving.keys();
  const actor = { type: "engine" as const, id: driving.engine.incarnation };
  const access = { events: store.events, tenant, clock, random, log };
  const door = closing.add(await doorkeeper({ ...access, remember, nameOf }), (one) => one.close());
  const recorded = accessLog(access);
  const denied = closing.add(denials({ accessLog: recorded, tenant, clock, keys, actor }), (one) =>
    one.close(),
  );
  const read = closing.add(payloadReads(recorded, clock), (one) => one.close());
  const host = asked.host ?? values.server.host;
  const port = asked.port ?? values.server.port;
  if (!door.asksForKeys() && !isLoopback(host)) throw open(host);
  const all = await registry();
  const server = await httpServer({
    version: base.outside.version,
    clock,
    log,
    driving: { ...driving, sha256, place: HERE },
    registry: all,
    documents: postedDocuments({ base, registry, reading, outsides }),
    ready: async (request) => {
      await checkSecrets(request, outsides.secrets);
      const unheard = (provider: string, patienceMs: number): void =>
        log.warn({ provider, patienceMs }, "a provider was not heard before the run");
      await preflight(all, request.definition, { clock, unheard });
    },
    webhooks: await webhookDeskOf(base, driving),
    ...(await auditDesksOf(base, driving)),
    retention: given.retention,
    settings: settingsDeskOf(base, driving),
    requestsPerMinute: requestsPerMinute(driving.engine.settings, tenant, log),
    configuration: async () => {
      const found = await settings();
      const { home, file = null } = found;
      return { home, file, settings: shown(found).map((one) => ({ ...one })) };
    },
    door,
    denied: denied.count,
    payloadRead: read.count,
    anybody: await actorOf({ type: "service", name: "whoever is on this machine" }, keys, driving),
    shapes: outputs,
    limits: {
      bodyBytes: bytesIn(values.server.body),
      requestsPerMinute: values.server.requests_per_minute,
      delayMs: millisIn(values.server.max_delay),
      requestMs: millisIn(values.server.request_timeout),
    },
    logId: keys.hmac(tenant, "log").slice(0, 16),
    newRequestId: () => random.eventId(),
  });
  closing.add(server, (one) => one.close());
  const url = await server.listen(host, port).catch((error: unknown) => {
    throw taken(host, port, error);
  });
  return { url, asksForKeys: door.asksForKeys(), close: server.close };
}

/** Where the store lies is no business of those who ask from elsewhere. */
const HERE = "this server";

const isLoopback = (host: string): boolean =>
  ["localhost", "::1"].includes(host) || /^127(?:\.\d+){3}$/.test(host);

const open = (host: string): GleitzeitError =>
  new GleitzeitError(
    "CONFIGURATION_ERROR",
    `without keys the server listens on this machine alone, and ${host} is beyond it: make a key first, \`gleitzeit keys create --role admin\``,
  );

function taken(host: string, port: number, error: unknown): GleitzeitError {
  const why = error instanceof Error ? error.message : String(error);
  const code = /EACCES/.test(why) ? "AUTHORIZATION_FAILED" : "PERSISTENCE_CONNECTION_FAILED";
  return new GleitzeitError(code, `${host}:${port} cannot be listened on: ${why}`, { cause: error });
}
