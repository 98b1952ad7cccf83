// What webhooks are given to work with: the log, and for those who send, the way out.

import type { Expressions, Millis } from "../../domain/index.ts";
import type { Payloads } from "../log/decode.ts";
import type { Clock, Incarnations, Log, Outbound, Random, Store, WebhookKeys } from "../ports/index.ts";
import type { SignedCheckpoint } from "./newest-checkpoint.ts";

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
  /** `source` of bodies for as long as the log has no name of its own: it has one once it is signed. */
  readonly source: string;
  readonly checkpoint: () => Promise<SignedCheckpoint | undefined>;
};

export type DeliveryKit = SendingKit & {
  readonly incarnations: Pick<Incarnations, "own" | "isAlive">;
  /** Loaded when an endpoint's filter has a condition. */
  readonly expressions: () => Promise<Expressions>;
  readonly log: Log;
};
