// That records of deliveries have left the stream of an endpoint, in the stream `tenant-<tenant>`.
// STORED FORMAT. Names and fields below are on disk for ever: add, never rename or narrow.
import { z } from "zod";
import { Instant } from "../instant.ts";
import type { Json } from "../json.ts";
import { Actor } from "../run/index.ts";
import { Count, Head, RevisionNumber, Value } from "../run/parts.ts";
import { event } from "../run/schema.ts";

/** What somebody changed at the endpoint, of which no other record is left. */
const Change = z.object({ revision: RevisionNumber, type: z.string(), at: Instant, actor: Actor });

/**
 * The revisions from `first` up to, and without, `before` are gone. All of them have leaves under this root. `subjects`: whose
 * data stood in bodies that were sent. `values.reasons`: of changes, by their revision.
 */
const WebhookDeliveriesRemoved = event(
  "WebhookDeliveriesRemoved",
  {
    ...Head,
    webhook: z.string(),
    first: RevisionNumber,
    before: RevisionNumber,
    from: Instant,
    to: Instant,
    events: Count,
    deliveries: Count,
    attempts: Count,
    subjects: z.array(z.string()).exactOptional(),
    changes: z.array(Change).exactOptional(),
  },
  { reasons: Value.exactOptional() },
);
export type WebhookDeliveriesRemoved = z.infer<typeof WebhookDeliveriesRemoved>;

export const DELIVERIES_REMOVED_VERSION = 1;

/** Undefined for what is of another kind, or cannot be read by this version. */
export function readDeliveriesRemoved(
  type: string,
  version: number,
  data: Json,
): WebhookDeliveriesRemoved | undefined {
  if (version !== DELIVERIES_REMOVED_VERSION) return undefined;
  return WebhookDeliveriesRemoved.safeParse({ type, data }).data;
}
