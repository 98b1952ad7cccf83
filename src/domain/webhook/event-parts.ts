// Members that several events of endpoints have. STORED FORMAT: add, never rename or narrow.
import { z } from "zod";
import { EventId, StreamName } from "../ids.ts";
import { Count, Value } from "../run/parts.ts";
import { Checkpoint, Place, WebhookFilter } from "./parts.ts";

/** Without `events`, whatever stands in the catalogue. `maxRate`: deliveries a second. */
export const Settings = {
  events: z.array(z.string()).exactOptional(),
  filter: WebhookFilter.exactOptional(),
  ordered: z.boolean(),
  payload: z.enum(["full", "thin"]),
  maxRate: z.number().positive().exactOptional(),
  /** An address is asked whether it wants to receive before it is taken. */
  challenge: z.literal(true).exactOptional(),
};
/** `headers` are sealed, since they may be keys of the receiver; so is `certificate`, which has its key beside it. */
export const Target = {
  url: Value,
  description: Value.exactOptional(),
  headers: Value.exactOptional(),
  certificate: Value.exactOptional(),
};

/** The event that is told, by its place. `alone`: it keeps no order. */
export const Delivery = {
  event: EventId,
  stream: StreamName,
  revision: Count,
  position: Place,
  alone: z.literal(true).exactOptional(),
};
/** All that a body depends on beside the event itself: the same bytes are made of it at each attempt. */
export const Recipe = {
  format: z.literal(1),
  type: z.string(),
  payload: z.enum(["full", "thin"]),
  previous: Count.exactOptional(),
  checkpoint: Checkpoint.exactOptional(),
  source: z.string().exactOptional(),
};
