// What webhooks are given to work with: the log, and for those who send, the way out.

import type { Checkpoint, Expressions, Millis } from "../../domain/index.ts";
import type { Payloads } from "../log/decode.ts";
import type { Clock, Incarnations, Log, Outbound, Random, Store, WebhookKeys } from "../ports/index.ts";

export type WebhookKit = {
  readonly store: Store & Payloads;
  readonly tenant: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly keys: WebhookKeys;
};

export type SendingKit = WebhookKit & {
  readonly outbound: Outbound;
  /** Connecting, answering, all of it. */
  readonly timeoutMs: Millis;
  /** Seconds between attempts; fractions are welcome. */
  readonly retrySchedule: readonly number[];
  /** `source` of every body: the log it stands in. */
  readonly source: string;
  /** The newest signed one. */
  readonly checkpoint?: () => Promise<Checkpoint | undefined>;
};

export type DeliveryKit = SendingKit & {
  readonly incarnations: Pick<Incarnations, "own" | "isAlive">;
  /** Loaded when an endpoint's filter has a condition. */
  readonly expressions: () => Promise<Expressions>;
  readonly log: Log;
};
