// A server's log, read over HTTP as if it stood here: whoever reads runs reads them through this just as well.
//
// 1. Values come as they stand in the log, opened where they were sealed: references are fetched when somebody wants them.
// 2. What is followed goes on where it was when the server is started anew (remote-changes.ts).
import { z } from "zod";
import {
  EventId,
  GleitzeitError,
  type JsonObject,
  jcs,
  type RunId,
  runOfStream,
  StreamName,
} from "../../domain/index.ts";
import {
  type BlobStore,
  type Clock,
  type EventStore,
  hashesIn,
  type StoredEvent,
} from "../../engine/index.ts";
import type { Client } from "./client.ts";
import { remoteBlobs } from "./remote-blobs.ts";
import { changesAt, headAt } from "./remote-changes.ts";
import { AS_TEXT, documentOf } from "./told.ts";

const MOST = 500;

const utf8 = new TextEncoder();
const Part = z.custom<JsonObject>((value) => typeof value === "object" && value !== null);
const Item = z.object({
  position: z.string().regex(/^\d{1,19}$/),
  stream: StreamName,
  revision: z.int(),
  id: EventId,
  type: z.string(),
  schemaVersion: z.int(),
  recordedAt: z.string(),
  metadata: Part,
  data: Part,
});
const Items = z.object({ items: z.array(Item), nextCursor: z.string() });

type RemoteLog = { readonly events: EventStore; readonly blobs: BlobStore };

export function remoteLog(client: Client, clock: Clock): RemoteLog {
  const closed = new AbortController();
  /** By hash: a run that refers to it. */
  const named = new Map<string, RunId>();

  const storedOf = ({ metadata, data, position, ...item }: z.infer<typeof Item>): StoredEvent => {
    const stored = {
      ...item,
      position: BigInt(position),
      metadata: utf8.encode(jcs(metadata)),
      data: utf8.encode(jcs(data)),
      salt: new Uint8Array(0),
    };
    const run = runOfStream(item.stream);
    if (run) for (const hash of hashesIn(stored.data).hashes) named.set(hash, run);
    return stored;
  };
  const pageIn = async (asked: Promise<unknown>) => Items.parse(await asked);

  const ofRun = async (
    stream: StreamName,
    query: { readonly from: number; readonly limit: number } | { readonly revisions: readonly number[] },
  ): Promise<readonly StoredEvent[]> => {
    const id = runOfStream(stream);
    if (!id) return [];
    const asked = "revisions" in query ? { revisions: [...query.revisions] } : query;
    const params = { path: { id }, query: { ...asked, values: "stored" as const } };
    try {
      const { items } = await pageIn(documentOf(client.GET("/v1/runs/{id}/events", { params, ...AS_TEXT })));
      return items.map(storedOf);
    } catch (error) {
      if (error instanceof GleitzeitError && error.code === "RUN_NOT_FOUND") return [];
      throw error;
    }
  };

  const events: EventStore = {
    limits: { appendBytes: 0, appendEvents: 0 },
    append: async () => {
      throw new GleitzeitError("PERSISTENCE_WRITE_FAILED", "a server is asked, and writes its log itself");
    },
    read: async (stream, from, limit) => {
      const found: StoredEvent[] = [];
      while (found.length < limit) {
        const size = Math.min(MOST, limit - found.length);
        const page = await ofRun(stream, { from: from + found.length, limit: size });
        found.push(...page);
        if (page.length < size) break;
      }
      return found;
    },
    readMany: async (stream, revisions) => {
      const found: StoredEvent[] = [];
      for (let i = 0; i < revisions.length; i += MOST) {
        found.push(...(await ofRun(stream, { revisions: revisions.slice(i, i + MOST) })));
      }
      return found;
    },
    readAll: async (after, limit, filter) => {
      const stream = filter?.includes(".") ? { stream: filter } : {};
      const query = {
        after: String(after),
        limit: Math.min(limit, MOST),
        values: "stored" as const,
        ...stream,
      };
      const page = await pageIn(documentOf(client.GET("/v1/events", { params: { query }, ...AS_TEXT })));
      const stored = page.items.map(storedOf);
      const digits = /\d+$/.exec(page.nextCursor)?.[0];
      const next = digits === undefined ? after : BigInt(digits);
      return { events: stored, next, atHead: stored.length === 0 };
    },
    changes: () => changesAt(client, clock, closed.signal),
    head: async () => {
      const { position } = await headAt(client, closed.signal);
      return position === "start" ? "start" : BigInt(position);
    },
    close: async () => closed.abort(),
  };

  return { events, blobs: remoteBlobs(client, (hash) => named.get(hash)) };
}
