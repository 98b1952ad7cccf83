// The surroundings of a replay: the clock stands where the record says, blobs and events are those of the store, nobody is
// called, and nothing can be written. Whatever else the engine asks for comes from the record.
import {
  type Incarnation,
  indexOf,
  instantOf,
  isList,
  isObject,
  type Json,
  type JsonObject,
  type Millis,
  nodeAt,
  type RecordedRunEvent,
  type Revision,
  type StreamName,
  type TaskId,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import { DEFAULT_LIMITS, type Host, type Kit } from "../host.ts";
import { openValues, type Payloads } from "../log/decode.ts";
import { filesOf } from "../log/facts.ts";
import type { BlobStore, EventStore, Provider, Seals, Store, SubjectKeys } from "../ports/index.ts";
import type { ProviderRegistry } from "../providers/registry.ts";

/** What a replay needs of the installation; none of it reaches outside. */
export type ReplayHost = Pick<
  Host,
  "expressions" | "globMatches" | "zones" | "sha256" | "keys" | "environment" | "registry" | "limits"
> & { readonly store: Store & Payloads; readonly tenant: string };

/** What the replay says of itself while the engine asks. */
export type Asked = {
  now: Millis;
  /** Whose turn it is. */
  task: TaskId | undefined;
  /** Something was asked for that nobody can see any more. */
  isBlind: boolean;
  driven: Driven | undefined;
  readonly stream: StreamName;
  readonly own: Incarnation;
  /** Where the event of that revision stands in the record. */
  readonly place: (revision: Revision) => Revision | undefined;
  readonly isErased: (revision: Revision) => boolean;
  /** What the record says next of the task whose turn it is. */
  next: () => Promise<RecordedRunEvent | undefined>;
};

const never = (): never => {
  throw new Error("a replay reaches nothing outside");
};

export function replayKit(host: ReplayHost, asked: Asked): Kit {
  const { store, tenant, registry } = host;
  return {
    ...host,
    limits: { ...DEFAULT_LIMITS, ...host.limits },
    events: eventsFor(store.events, asked),
    blobs: blobsFor(store.blobs, asked),
    seals: sealsFor(store.seals, asked),
    incarnations: { own: asked.own, isAlive: async () => false, close: async () => undefined },
    registry: mute(registry, host, asked),
    files: { capture: async () => recordedFiles(store, tenant, asked) },
    clock: { now: () => asked.now, monotonic: () => asked.now, after: never },
    random: { eventId: never, runId: never, salt: never, fraction: () => 0 },
    secrets: never,
    readModels: async () => ({
      result: (of, key) => recordedResult(asked, of, key),
      runs: never,
      submitted: never,
    }),
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    encode: never,
    cache: { get: () => undefined, put: () => undefined, forget: () => undefined },
    engineActor: { type: "engine", id: asked.own },
  };
}

/** The replay's own events are those of the record, at other revisions. */
function eventsFor(events: EventStore, asked: Asked): EventStore {
  return {
    ...events,
    limits: events.limits,
    append: never,
    changes: never,
    close: never,
    head: () => events.head(),
    read: (stream, from, limit) => events.read(stream, from, limit),
    readAll: (after, limit, filter) => events.readAll(after, limit, filter),
    readMany: async (stream, revisions) => {
      if (stream !== asked.stream) return events.readMany(stream, revisions);
      if (revisions.some(asked.isErased)) asked.isBlind = true;
      const own = new Map(
        revisions.flatMap((revision) => {
          const place = asked.place(revision); // an event without values stands nowhere
          return place === undefined ? [] : [[place, revision] as const];
        }),
      );
      const found = await events.readMany(stream, [...own.keys()]);
      return found.map((stored) => ({ ...stored, revision: own.get(stored.revision) ?? stored.revision }));
    },
  };
}

/** What is sealed opens only where it stood when it was sealed. */
function sealsFor(seals: Seals, asked: Asked): SubjectKeys {
  return {
    keyFor: (tenant, subject) => seals.keyFor(tenant, subject),
    keyOf: async (tenant, keyId) => {
      const key = await seals.keyOf(tenant, keyId);
      return (
        key && {
          ...key,
          open: (sealed, place) => {
            const recorded = place.stream === asked.stream ? asked.place(place.revision) : undefined;
            return key.open(sealed, recorded === undefined ? place : { ...place, revision: recorded });
          },
        }
      );
    },
    destroy: never,
    destroyed: never,
  };
}

function blobsFor(blobs: BlobStore, asked: Asked): BlobStore {
  return {
    put: never,
    has: (tenant, hash) => blobs.has(tenant, hash),
    get: async (tenant, hash) => {
      const bytes = await blobs.get(tenant, hash);
      if (!bytes) asked.isBlind = true;
      return bytes;
    },
  };
}

/** Methods of today judge params; what is not installed here judges nothing. */
function mute(today: ProviderRegistry, { store, tenant }: ReplayHost, asked: Asked): ProviderRegistry {
  return {
    ...today,
    providers: [],
    check: (protocol, name, params, provider) =>
      today.method(protocol, name, provider, params) ? today.check(protocol, name, params, provider) : [],
    find: (protocol, provider, preferred, call) =>
      ({
        protocol,
        name: today.find(protocol, provider, preferred, call)?.name ?? provider ?? preferred ?? protocol,
        methods: {},
        describe: async (method) => describedThen(store, tenant, asked, protocol, method),
        execute: never,
        close: async () => undefined,
      }) satisfies Provider,
    closeAll: async () => undefined,
  };
}

/** A tool as the model was told of it. */
async function describedThen(
  payloads: Payloads,
  tenant: string,
  asked: Asked,
  protocol: string,
  method: string,
): Promise<{ readonly description?: string; readonly parameters: JsonObject } | undefined> {
  const recorded = await asked.next();
  if (recorded?.event.type !== "TasksAdded" || !asked.driven || asked.task === undefined) return undefined;
  const { state } = asked.driven;
  const { agent } = nodeAt(state, indexOf(state, asked.task) ?? -1);
  const place = agent?.tools.findIndex((tool) => tool.protocol === protocol && tool.method === method) ?? -1;
  const { tools } = await openValues(recorded, tenant, payloads);
  const told: Json | undefined = isList(tools) ? tools[place] : undefined;
  if (!isObject(told) || !isObject(told.parameters)) return undefined;
  const { description, parameters } = told;
  return { ...(typeof description === "string" && { description }), parameters };
}

/** Files that only resolved params name were captured when the attempt was scheduled. */
async function recordedFiles(payloads: Payloads, tenant: string, asked: Asked) {
  const recorded = await asked.next();
  if (recorded?.event.type !== "TaskScheduled") return [];
  const { files } = recorded.event.data;
  const { files: paths } = await openValues(recorded, tenant, payloads);
  const found = await filesOf(files, paths, tenant, payloads.blobs);
  return found.map((file) => ({ file, bytes: new Uint8Array(0) }));
}

/** Whether another run has recorded the result of the same call is a fact from outside. */
async function recordedResult(asked: Asked, tenant: string, key: string) {
  const recorded = await asked.next();
  const cached = recorded?.event.type === "TaskSucceeded" ? recorded.event.data.cached : undefined;
  if (!cached || cached.run === recorded?.run) return undefined;
  return { ...cached, tenant, key, at: instantOf(asked.now) };
}
