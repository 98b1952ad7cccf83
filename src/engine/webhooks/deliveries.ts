// Takes endpoints that nobody alive sends to, and sends. Without any endpoint this is one short read a second, and nothing
// else of webhooks is loaded or runs.
import { asError, type Incarnation, type StreamName, webhookStreams } from "../../domain/index.ts";
import { deliver } from "./deliverer.ts";
import { EndpointTaken } from "./journal.ts";
import type { DeliveryKit } from "./kit.ts";
import { webhookStreamsIn } from "./listed.ts";
import { patience } from "./patience.ts";
import { endpointIn, webhookEventIn } from "./records.ts";
import { stopping } from "./stopping.ts";

/** How soon a new endpoint, or the death of another process, is noticed. */
const ASK_MS = 1000;
const PAGE = 1000;

type Seen = { isActive: boolean; owner: Incarnation | undefined };

const TELLING: ReadonlySet<string> = new Set([
  "WebhookCreated",
  "WebhookDeleted",
  "WebhookDisabled",
  "WebhookEnabled",
  "WebhookTaken",
]);

export type Watching = Pick<DeliveryKit, "store" | "tenant" | "clock" | "log" | "incarnations"> & {
  /** Asked for when there is an endpoint to send to. */
  readonly sending: () => Promise<DeliveryKit>;
  /** Whether anything is sent now; while it is not, everything waits where it stands in the log. */
  readonly isOn: () => Promise<boolean>;
};

/** Until `stop` is aborted; then what is under way is left as it stands in the log. */
export async function deliverWebhooks(kit: Watching, stop: AbortSignal): Promise<void> {
  const { own } = kit.incarnations;
  const stopped = stopping(stop);
  const seen = new Map<StreamName, Seen>();
  const busy = new Map<StreamName, Promise<void>>();
  let after: bigint | "start" | undefined;
  /** Ends what is under way when sending is turned off, and not the watch. */
  let round = new AbortController();
  let wasOn = true;

  /** How they stand; then what has happened since. */
  const begun = async (): Promise<bigint | "start"> => {
    const head = await kit.store.events.head();
    for (const stream of await webhookStreamsIn(kit.store.events, kit.tenant)) {
      const endpoint = await endpointIn(kit.store.events, stream);
      if (endpoint) seen.set(stream, { isActive: endpoint.status === "active", owner: endpoint.owner });
    }
    return head;
  };

  const read = async (): Promise<void> => {
    after ??= await begun();
    for (;;) {
      const page = await kit.store.events.readAll(after, PAGE, webhookStreams(kit.tenant));
      for (const stored of page.events) {
        if (!TELLING.has(stored.type)) continue;
        const { event } = webhookEventIn(stored);
        const one = seen.get(stored.stream) ?? { isActive: false, owner: undefined };
        if (event.type === "WebhookTaken") one.owner = event.data.owner;
        else one.isActive = event.type === "WebhookCreated" || event.type === "WebhookEnabled";
        seen.set(stored.stream, one);
      }
      after = page.next;
      if (page.atHead) return;
    }
  };

  const begin = (stream: StreamName): void => {
    const signal = AbortSignal.any([stop, round.signal]);
    const done = kit
      .sending()
      .then((sending) => deliver(sending, stream, signal))
      .catch((error: unknown) => {
        const text = "an endpoint is not sent to for now";
        if (error instanceof EndpointTaken) kit.log.debug({ stream }, text);
        else if (!signal.aborted) kit.log.warn({ stream, error: asError(error) }, text);
      })
      .finally(() => busy.delete(stream));
    busy.set(stream, done);
  };

  const isSending = async (): Promise<boolean> => {
    const isOn = await kit.isOn();
    if (isOn === wasOn) return isOn;
    wasOn = isOn;
    kit.log.warn({}, isOn ? "webhooks are sent again" : "webhooks wait: their flag is off");
    if (isOn) return true;
    round.abort(new Error("stopped"));
    round = new AbortController();
    return false;
  };

  const look = async (): Promise<void> => {
    await read();
    if (!(await isSending())) return;
    for (const [stream, { isActive, owner }] of seen) {
      if (!isActive || busy.has(stream)) continue;
      const isFree = owner === undefined || owner === own || !(await kit.incarnations.isAlive(owner));
      if (isFree && !stop.aborted) begin(stream);
    }
  };

  while (!stop.aborted) {
    await look().catch((error: unknown) => {
      if (!stop.aborted)
        kit.log.warn({ error: asError(error) }, "endpoints of webhooks could not be looked for");
    });
    await patience(kit.clock, ASK_MS, stopped, () => undefined).catch(() => stop.aborted);
  }
  await Promise.allSettled(busy.values());
}
