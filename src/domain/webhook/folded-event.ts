// How an endpoint stands, said in its stream now and then, so that nobody has to read that from its beginning.
// STORED FORMAT: add, never rename or narrow.
import { z } from "zod";
import { EventId, Incarnation, StreamName } from "../ids.ts";
import { Instant } from "../instant.ts";
import { Actor } from "../run/index.ts";
import { Count, Value } from "../run/parts.ts";
import { event } from "../run/schema.ts";
import { Delivery, Recipe, Settings, Target } from "./event-parts.ts";
import { Place } from "./parts.ts";

const flag = z.literal(true).exactOptional();

/** `held`: a delivery of its stream has failed. `over`: what comes behind it is still to be looked for. */
const Open = z.object({
  ...Delivery,
  ...Recipe,
  replay: EventId.exactOptional(),
  attempts: Count,
  dueAt: Instant.exactOptional(),
  held: flag,
  over: flag,
});
/** `of`: a stream, or an event that keeps no order. */
const Ahead = z.object({ of: z.union([StreamName, EventId]), revision: Count, position: Place });
const Replay = z.object({
  replay: EventId,
  from: Place,
  to: Place,
  through: Place,
  types: z.array(z.string()).exactOptional(),
  only: z.enum(["all", "missing", "failed"]),
  source: StreamName.exactOptional(),
});

/** What all events before it fold to. `values.secrets` are sealed, the newest first. */
export const WebhookFolded = event(
  "WebhookFolded",
  {
    ...Settings,
    createdAt: Instant,
    createdBy: Actor,
    status: z.enum(["active", "disabled", "deleted"]),
    disabled: z.object({ reason: z.enum(["gone", "failing", "request"]), at: Instant }).exactOptional(),
    owner: Incarnation.exactOptional(),
    mark: Place,
    open: z.array(Open),
    ahead: z.array(Ahead),
    replays: z.array(Replay),
    failures: Count,
    failingSince: Instant.exactOptional(),
    troubled: flag,
    delivered: Count,
    parked: Count,
    lastDeliveredAt: Instant.exactOptional(),
  },
  { ...Target, secrets: Value },
);
export type WebhookFolded = z.infer<typeof WebhookFolded>;
