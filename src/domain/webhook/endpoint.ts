// How an endpoint stands, folded from its stream. `evolve` owns the state and changes it in place, so that one more
// delivery costs the same however many there were.
//
// 1. Everything up to `mark` is delivered or parked, but for streams in `open` that are held: a delivery of theirs failed,
//    and what comes behind it waits for it.
// 2. `ahead` tells what is over beyond the mark, so that it is not sent again after a restart.
import type { EventId, Incarnation, Position, Revision, StreamName } from "../ids.ts";
import type { Instant, Millis } from "../instant.ts";
import type { Json } from "../json.ts";
import type { Actor } from "../run/index.ts";
import type { Checkpoint, SealedText, WebhookFilter } from "./parts.ts";

/** Where a told event stands. */
export type Told = {
  readonly event: EventId;
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly position: Position;
};

export type Recipe = {
  readonly format: 1;
  readonly type: string;
  readonly payload: "full" | "thin";
  readonly previous?: Revision;
  readonly checkpoint?: Checkpoint;
  /** The log, as it called itself when this was begun. */
  readonly source?: string;
};

/** What else stands beside it is left out. */
export const recipeIn = ({ format, type, payload, previous, checkpoint, source }: Recipe): Recipe => ({
  format,
  type,
  payload,
  ...(previous !== undefined && { previous }),
  ...(checkpoint && { checkpoint }),
  ...(source !== undefined && { source }),
});

export type OpenDelivery = {
  readonly told: Told;
  readonly recipe: Recipe;
  /** Keeps no order: of an endpoint that wants none, sent again, or replayed. */
  readonly isAlone: boolean;
  readonly replay?: EventId;
  readonly attempts: number;
  /** Undefined: at once. */
  readonly dueAt?: Millis;
  /** A delivery of its stream has failed, and the mark has gone on without it. */
  readonly isHeld: boolean;
  /** It is over, and what comes behind it in its stream has to be looked for. */
  readonly isOver: boolean;
};

/** The stream of a delivery in order, the event of one that is alone. */
export type DeliveryKey = StreamName | EventId;

export type EndpointSettings = {
  readonly events?: readonly string[];
  readonly filter?: WebhookFilter;
  readonly ordered: boolean;
  readonly payload: "full" | "thin";
  readonly maxRate?: number;
  readonly challenge?: true;
};

export type SigningSecret = { readonly sealed: SealedText; readonly until?: Millis };

export type Replay = {
  readonly id: EventId;
  readonly from: Position | "start";
  readonly to: Position | "start";
  readonly types?: readonly string[];
  readonly only: "all" | "missing" | "failed";
  readonly source?: StreamName;
  readonly through: Position | "start";
};

export type Endpoint = {
  readonly stream: StreamName;
  readonly createdAt: Instant;
  readonly createdBy: Actor;
  head: Revision;
  /** Where it was last said how it stands. */
  folded: Revision;
  status: "active" | "disabled" | "deleted";
  disabled: { readonly reason: "gone" | "failing" | "request"; readonly at: Instant } | undefined;
  settings: EndpointSettings;
  url: string;
  description: string | undefined;
  headers: SealedText | undefined;
  certificate: SealedText | undefined;
  /** The newest first. */
  secrets: readonly SigningSecret[];
  owner: Incarnation | undefined;
  mark: Position | "start";
  readonly open: Map<DeliveryKey, OpenDelivery>;
  readonly ahead: Map<DeliveryKey, Pick<Told, "revision" | "position">>;
  readonly replays: Map<EventId, Replay>;
  /** One after the other, since the last delivery. */
  failures: number;
  failingSince: Millis | undefined;
  /** Something was parked, or it was disabled, since the last delivery. */
  isTroubled: boolean;
  delivered: number;
  parked: number;
  lastDeliveredAt: Instant | undefined;
};

export const keyOf = ({ told, isAlone }: Pick<OpenDelivery, "told" | "isAlone">): DeliveryKey =>
  isAlone ? told.event : told.stream;

export const settingsIn = (data: EndpointSettings): EndpointSettings => ({
  ...(data.events && { events: data.events }),
  ...(data.filter && { filter: data.filter }),
  ordered: data.ordered,
  payload: data.payload,
  ...(data.maxRate !== undefined && { maxRate: data.maxRate }),
  ...(data.challenge && { challenge: data.challenge }),
});

export const textOf = (value: Json | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

/** So many in a row, and it is worth telling when it works again. */
export const FAILURES_TOLD = 5;
/** Beyond so many held streams nothing new is begun. */
export const MOST_HELD = 1000;
/** Nothing succeeded for so long, and it is not tried any longer. */
export const DISABLED_AFTER_MS: Millis = 120 * 60 * 60 * 1000;

export function heldIn({ open }: Endpoint): number {
  let held = 0;
  for (const { isHeld } of open.values()) if (isHeld) held += 1;
  return held;
}
