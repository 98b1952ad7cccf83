// What stands in the streams `audit` (signed checkpoints and the keys that sign them; these events alone have no leaf),
// `owners` (who has which role in an installation) and `access-<month>` (what was read or taken out).
// STORED FORMAT. Names and fields below are on disk for ever: add, never rename or narrow.
import { z } from "zod";
import { Incarnation, RunId, StreamName } from "../ids.ts";
import { Instant } from "../instant.ts";
import type { Json } from "../json.ts";
import { Decimal, Head, RevisionNumber, Value } from "../run/parts.ts";
import { event } from "../run/schema.ts";

const Position = z.union([z.literal("start"), Decimal]);

/** From here on it signs, beside those before it that were not retired. All that ever signed stay readable. */
const AuditKeyAdded = event("AuditKeyAdded", { vkey: z.string() }, {});
const AuditKeyRetired = event("AuditKeyRetired", { vkey: z.string() }, { reason: Value.exactOptional() });

/**
 * The leaves from `first` up to `size` are the events after position `after` up to `upTo` that have leaves. `keys`
 * are the revisions of all events about keys before it, so that nobody has to look for them.
 */
const CheckpointSigned = event(
  "CheckpointSigned",
  {
    ...Head,
    first: Decimal,
    after: Position,
    upTo: Position,
    note: z.string(),
    keys: z.array(RevisionNumber),
  },
  {},
);

/** Signature lines of witnesses, for the checkpoint at that revision. */
const CheckpointCosigned = event(
  "CheckpointCosigned",
  { ...Head, checkpoint: RevisionNumber, signatures: z.array(z.string()) },
  {},
);

/** The log is behind, or beside, a checkpoint that was kept elsewhere, and somebody has answered for it. */
const RollbackAccepted = event(
  "RollbackAccepted",
  { ...Head, kept: z.object(Head) },
  { reason: Value.exactOptional() },
);

export const AuditEvent = z.discriminatedUnion("type", [
  AuditKeyAdded,
  AuditKeyRetired,
  CheckpointSigned,
  CheckpointCosigned,
  RollbackAccepted,
]);
export type AuditEvent = z.infer<typeof AuditEvent>;

/** Nobody else does it as long as the holder lives. */
export const RoleTaken = event("RoleTaken", { role: z.enum(["audit"]), holder: Incarnation }, {});
export type RoleTaken = z.infer<typeof RoleTaken>;

/** Something left the log under this checkpoint: a run, with its children or without, or everything. */
export const LogExported = event(
  "LogExported",
  {
    format: z.string(),
    ...Head,
    run: RunId.exactOptional(),
    children: z.boolean().exactOptional(),
    subject: z.string().exactOptional(),
  },
  {},
);
export type LogExported = z.infer<typeof LogExported>;

/** Somebody looked through the trail, for these things; each absent for whoever did not say. */
export const TrailRead = event(
  "TrailRead",
  {
    actor: z.string().exactOptional(),
    on: z.string().exactOptional(),
    types: z.array(z.string()).exactOptional(),
    outcome: z.enum(["success", "failure", "denied"]).exactOptional(),
    since: Instant.exactOptional(),
  },
  {},
);
export type TrailRead = z.infer<typeof TrailRead>;

export const AUDIT_EVENT_VERSION = 1;

export const AUDIT_STREAM: StreamName = StreamName.parse("audit");
export const OWNERS_STREAM: StreamName = StreamName.parse("owners");

const isAuditEvent = (value: unknown): value is AuditEvent => AuditEvent.safeParse(value).success;
const isRoleTaken = (value: unknown): value is RoleTaken => RoleTaken.safeParse(value).success;

/** Undefined for what this version cannot read; unknown fields stay. */
export function readAuditEvent(type: string, version: number, data: Json): AuditEvent | undefined {
  const candidate: unknown = { type, data };
  return version === AUDIT_EVENT_VERSION && isAuditEvent(candidate) ? candidate : undefined;
}

export function readRole(type: string, version: number, data: Json): RoleTaken | undefined {
  const candidate: unknown = { type, data };
  return version === AUDIT_EVENT_VERSION && isRoleTaken(candidate) ? candidate : undefined;
}
