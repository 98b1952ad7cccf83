// What commands about webhooks are given to work with.
import type { Actor, Position } from "../../domain/index.ts";
import type { WebhookDesk } from "../../engine/index.ts";

export type WebhookAccess = {
  readonly desk: WebhookDesk;
  /** Who asks. */
  readonly actor: () => Promise<Actor>;
  readonly head: () => Promise<Position | "start">;
  /**
   * Why a delivery is not to be believed; undefined when it is as it was sent. Without a secret it is looked up in this
   * store, by the endpoint that the delivery names.
   */
  readonly signatureProblem: (delivery: ReceivedDelivery, secret?: string) => Promise<string | undefined>;
};

export type ReceivedDelivery = {
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  readonly body: Uint8Array;
};

export type WebhookParts = {
  /** Endpoints of webhooks, to look at; `write`: to change, on a store that is made when it is not there. */
  webhooks(write: boolean): Promise<WebhookAccess>;
  /** Sends what is due to endpoints, until it is stopped. */
  deliverWebhooks(stop: AbortSignal): Promise<void>;
};
