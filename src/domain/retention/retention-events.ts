// That runs which were archived have left the store, in the stream `tenant-<tenant>`.
// STORED FORMAT. Names and fields below are on disk for ever: add, never rename or narrow.
import type { z } from "zod";
import type { Json } from "../json.ts";
import { Count, Decimal } from "../run/parts.ts";
import { event } from "../run/schema.ts";

/**
 * Of every run that was archived up to that position the events are gone, and what only they named. Counted is what this
 * retention has removed.
 */
const RetentionRan = event("RetentionRan", { upTo: Decimal, runs: Count, events: Count, blobs: Count }, {});
export type RetentionRan = z.infer<typeof RetentionRan>;

export const RETENTION_EVENT_VERSION = 1;

/** Undefined for what is of another kind, or cannot be read by this version. */
export function readRetentionEvent(type: string, version: number, data: Json): RetentionRan | undefined {
  if (version !== RETENTION_EVENT_VERSION) return undefined;
  return RetentionRan.safeParse({ type, data }).data;
}
