// The stream `audit` as it stands: which keys sign, which checkpoint was signed last, and how far the log was read for it.
import {
  AUDIT_STREAM,
  type AuditEvent,
  GleitzeitError,
  type Position,
  parseJson,
  type Revision,
  readAuditEvent,
} from "../../domain/index.ts";
import { type EventStore, lastOf, type StoredEvent } from "../../engine/ports/index.ts";
import { hasLeaf } from "./leaf.ts";
import { base64Bytes } from "./verifier/canonical.ts";
import type { Hash, Head } from "./verifier/merkle.ts";

export type LoggedKey = { readonly vkey: string; readonly isRetired: boolean };

export type LastSigned = Head & {
  readonly revision: Revision;
  readonly note: string;
  readonly upTo: Position | "start";
};

export type AuditLog = {
  /** Of the stream's last event. */
  readonly revision: Revision | "none";
  /** All that ever signed, in their order. */
  readonly keys: readonly LoggedKey[];
  readonly keyRevisions: readonly Revision[];
  readonly last: LastSigned | undefined;
};

type Placed = { readonly revision: Revision; readonly event: AuditEvent };

const PAGE = 64;

export async function auditLogIn(events: EventStore): Promise<AuditLog> {
  const end = await lastOf(events, AUDIT_STREAM);
  if (!end) return { revision: "none", keys: [], keyRevisions: [], last: undefined };
  const tail: Placed[] = [];
  const isSigned = ({ event }: Placed): boolean => event.type === "CheckpointSigned";
  for (let before = end.revision + 1; before > 0 && !tail.some(isSigned); ) {
    const from = Math.max(0, before - PAGE);
    tail.unshift(...(await events.read(AUDIT_STREAM, from, before - from)).map(placed));
    before = from;
  }
  const last = tail.findLast(isSigned);
  const known = last?.event.type === "CheckpointSigned" ? last.event.data.keys : [];
  const earlier = (await events.readMany(AUDIT_STREAM, known)).map(placed);
  const later = tail.filter(({ revision }) => revision > (last?.revision ?? -1));
  const aboutKeys = [...earlier, ...later].filter(({ event }) => event.type.startsWith("AuditKey"));
  return {
    revision: end.revision,
    keys: keysIn(aboutKeys),
    keyRevisions: aboutKeys.map(({ revision }) => revision),
    last: last && lastSigned(last),
  };
}

function keysIn(all: readonly Placed[]): readonly LoggedKey[] {
  const keys = new Map<string, LoggedKey>();
  for (const { event } of all) {
    if (event.type !== "AuditKeyAdded" && event.type !== "AuditKeyRetired") continue;
    const { vkey } = event.data;
    keys.set(vkey, { vkey, isRetired: event.type === "AuditKeyRetired" });
  }
  return [...keys.values()];
}

function lastSigned({ revision, event }: Placed): LastSigned {
  if (event.type !== "CheckpointSigned") throw new Error("no checkpoint");
  const { size, root, upTo, note } = event.data;
  return {
    revision,
    note,
    size: Number(size),
    root: rootIn(root),
    upTo: upTo === "start" ? "start" : BigInt(upTo),
  };
}

/** Whether nothing comes after it but the audit log's own events, which have no leaves. */
export async function isCovered(events: EventStore, upTo: Position | "start"): Promise<boolean> {
  const page = await events.readAll(upTo, PAGE);
  return page.atHead && !page.events.some(hasLeaf);
}

export const rootIn = (text: string): Hash => base64Bytes(text) ?? new Uint8Array(0);

const placed = (stored: StoredEvent): Placed => ({ revision: stored.revision, event: auditEventIn(stored) });

export function auditEventIn({ type, schemaVersion, data, revision, position }: StoredEvent): AuditEvent {
  const event = readAuditEvent(type, schemaVersion, jsonOf(data));
  if (event) return event;
  throw new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `${type} ${schemaVersion} at position ${position} (audit, revision ${revision}) cannot be read: altered, or written by a newer version`,
  );
}

function jsonOf(data: Uint8Array) {
  try {
    return parseJson(Buffer.from(data).toString());
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
