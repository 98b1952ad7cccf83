// Pieces that several events share. STORED FORMAT: add, never rename or narrow.
import { z } from "zod";
import { ErrorCode } from "../errors.ts";
import { Incarnation } from "../ids.ts";
import { Instant } from "../instant.ts";
import type { Json } from "../json.ts";

export const Count = z.int().nonnegative();
export const Attempt = z.int().nonnegative();
export const DurationMs = z.int().nonnegative();
export const RevisionNumber = z.int().nonnegative();
/** Whole numbers of leaves and positions, as decimal text. */
export const Decimal = z.string().regex(/^(?:0|[1-9]\d*)$/);
/** Of the audit log's tree. */
export const Head = { size: Decimal, root: z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/) };
export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const Hash = z.string().regex(/^sha256-[0-9a-f]{64}$/);

/** Any payload. In storage a member may instead be a blob reference; the engine resolves it when it is read. */
export const Value = z.custom<Json>((value) => value !== undefined, { error: "missing value" });

/** Stands where bytes were too large for the event. `size` in bytes, as stored. */
export const BlobRef = z.object({ $blob: Hash, size: Count, kind: z.enum(["json", "text", "bytes"]) });
export type BlobRef = z.infer<typeof BlobRef>;

/**
 * A captured file: its content is the blob of that hash. `shared`: every script of the run sees it.
 * Its path is what a user named, so it stands in `values.files`, at the same place of that list.
 */
export const FileHash = z.object({ hash: Hash, size: Count, shared: z.literal(true).exactOptional() });
export type FileHash = z.infer<typeof FileHash>;

/** Few files stand in the event, many in a blob holding a JSON list of entries. */
export const Files = z.union([z.array(FileHash), BlobRef]);
export type Files = z.infer<typeof Files>;

/** A definition: its own id, its author's names for it, and the blob that it is. */
export const WorkflowRef = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string().exactOptional(),
  hash: Hash,
  size: Count,
});
export type WorkflowRef = z.infer<typeof WorkflowRef>;

/**
 * A workflow that is called by another, captured with all it names. Paths, folders and the names by which it calls
 * further ones stand in `values.workflows`, at the same place of that list.
 */
export const CapturedDocument = z.object({
  workflow: WorkflowRef,
  source: FileHash.exactOptional(),
  files: Files.exactOptional(),
  batch: z.object({ count: Count, list: BlobRef }).exactOptional(),
});
export type CapturedDocument = z.infer<typeof CapturedDocument>;

/** Few stand in the event, many in a blob holding a JSON list of them. */
export const Workflows = z.union([z.array(CapturedDocument), BlobRef]);
export type Workflows = z.infer<typeof Workflows>;

/** Who works on an attempt. `leaseMs` counts from when an observer read the event. */
export const Claim = z.object({
  worker: Incarnation,
  provider: z.string().min(1),
  instance: z.string().exactOptional(),
  leaseMs: DurationMs,
});
export type Claim = z.infer<typeof Claim>;

/** The control half of an error; message, details and cause are in `values.error`. */
export const ErrorControl = z.object({ code: ErrorCode, retryable: z.boolean() });
export type ErrorControl = z.infer<typeof ErrorControl>;

/** Token counts, and cost in millionths of the currency unit. */
export const UsageCounts = z.object({
  inputTokens: Count.exactOptional(),
  outputTokens: Count.exactOptional(),
  costMicros: Count.exactOptional(),
});

export { Instant };
