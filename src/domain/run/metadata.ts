// Who did it, and what it belongs to. STORED FORMAT: add, never rename or narrow.
import { z } from "zod";
import { EventId, Incarnation, RunId } from "../ids.ts";

/** `id` is opaque: names and addresses stand in a directory that can be erased. Never empty. */
export const Actor = z.object({
  type: z.enum(["user", "service", "schedule", "engine", "provider", "cli"]),
  id: z.string().min(1),
  onBehalfOf: z.string().exactOptional(),
});
export type Actor = z.infer<typeof Actor>;

export const Metadata = z.object({
  tenant: z.string().min(1),
  actor: Actor,
  /** The root of the run tree; absent when it is the run itself. */
  correlationId: RunId.exactOptional(),
  /** The event or command that led here. */
  causationId: EventId.exactOptional(),
  traceparent: z.string().exactOptional(),
  /** HMAC of the caller's idempotency key under the tenant key. */
  idempotency: z.string().exactOptional(),
  /** Absent when it is the actor. */
  worker: Incarnation.exactOptional(),
});
export type Metadata = z.infer<typeof Metadata>;

export const isMetadata = (value: unknown): value is Metadata => Metadata.safeParse(value).success;
