// What is under way at an endpoint, and how far it is: the half of its fold that every delivery changes.
import type { Revision, StreamName } from "../ids.ts";
import { type Instant, millisOf } from "../instant.ts";
import {
  type DeliveryKey,
  type Endpoint,
  FAILURES_TOLD,
  keyOf,
  type OpenDelivery,
  recipeIn,
  type Told,
} from "./endpoint.ts";
import { positionAt } from "./parts.ts";
import type { WebhookEventOf } from "./webhook-events.ts";

type Placed = {
  readonly event: Told["event"];
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly position: string;
  readonly alone?: true;
};

const toldIn = ({ event, stream, revision, position }: Placed): Told => ({
  event,
  stream,
  revision,
  position: BigInt(position),
});

const keyIn = ({ event, stream, alone }: Placed): DeliveryKey => (alone ? event : stream);

/** `isExtra`: what was asked for apart does not hold the mark back. */
export function begun(
  { open }: Endpoint,
  data: Omit<WebhookEventOf<"WebhookDeliveryBegun">["data"], "values" | "sealed">,
  isExtra: boolean,
): void {
  const { replay } = data;
  open.set(keyIn(data), {
    told: toldIn(data),
    recipe: recipeIn(data),
    isAlone: data.alone ?? false,
    ...(replay !== undefined && { replay }),
    attempts: 0,
    isHeld: isExtra || (open.get(keyIn(data))?.isHeld ?? false),
    isOver: false,
  });
}

/** What waits in its order for the next attempt is only attempted at once. */
export function askedAgain(
  endpoint: Endpoint,
  asked: WebhookEventOf<"WebhookRedeliveryRequested">["data"],
): void {
  const { values: _, sealed: __, ...data } = asked;
  const waiting = endpoint.open.get(data.stream) ?? endpoint.open.get(data.event);
  if (waiting?.told.event === data.event && !waiting.isOver)
    endpoint.open.set(keyOf(waiting), { ...waiting, dueAt: 0 });
  else begun(endpoint, { ...data, alone: true }, true);
}

export function attempted(
  endpoint: Endpoint,
  data: WebhookEventOf<"WebhookAttempted">["data"],
  recordedAt: Instant,
): void {
  if (data.outcome === "delivered") {
    endpoint.delivered += 1;
    endpoint.failures = 0;
    endpoint.failingSince = undefined;
    endpoint.lastDeliveredAt = recordedAt;
    return over(endpoint, data);
  }
  endpoint.failures += 1;
  endpoint.failingSince ??= millisOf(recordedAt);
  if (endpoint.failures >= FAILURES_TOLD) endpoint.isTroubled = true;
  const key = keyIn(data);
  const one = endpoint.open.get(key);
  if (one?.told.event !== data.event) return;
  const dueAt = data.dueAt === undefined ? {} : { dueAt: millisOf(data.dueAt) };
  endpoint.open.set(key, { ...one, ...dueAt, attempts: data.attempt, isHeld: true });
}

/** A held stream stays until it is released: events may stand behind this one that the mark has passed. */
export function over({ open, ahead, mark }: Endpoint, data: Placed): void {
  const key = keyIn(data);
  const { revision, position } = toldIn(data);
  const one: OpenDelivery | undefined = open.get(key);
  if (one?.told.event === data.event) {
    if (one.isHeld && !one.isAlone) open.set(key, { ...one, isOver: true });
    else open.delete(key);
  }
  if (mark === "start" || position > mark) ahead.set(key, { revision, position });
}

export function advanced(
  endpoint: Endpoint,
  { mark, released = [] }: WebhookEventOf<"WebhookAdvanced">["data"],
): void {
  const { open, ahead } = endpoint;
  const position = positionAt(mark);
  endpoint.mark = position;
  for (const stream of released) open.delete(stream);
  if (position === "start") return;
  for (const [key, one] of ahead) if (one.position <= position) ahead.delete(key);
}
