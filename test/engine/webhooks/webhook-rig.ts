// Endpoints on a memory store with a hand-driven clock, and receivers that answer as told.

import { memoryStore } from "../../../src/adapters/event-store/index.ts";
import { celExpressions } from "../../../src/adapters/expressions/index.ts";
import { systemRandom } from "../../../src/adapters/host/index.ts";
import { memorySubjectKeys } from "../../../src/adapters/keys/index.ts";
import { seal, unsealed } from "../../../src/adapters/secrets/seal.ts";
import { webhookKeys } from "../../../src/adapters/webhooks/index.ts";
import { Incarnation, type JsonObject, RETRY_SCHEDULE, WebhookRequest } from "../../../src/domain/index.ts";
import type { DeliveryKit, Log, Outbound, OutboundRequest, Store } from "../../../src/engine/index.ts";
import { deliverWebhooks } from "../../../src/engine/webhooks/deliveries.ts";
import { createWebhook } from "../../../src/engine/webhooks/manage.ts";
import { type HandClock, handClock, settled } from "../hand-clock.ts";
import { CLI, ok, type Rig, rig, scripted, TENANT } from "../rig.ts";

export type Got = {
  readonly url: string;
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly body: JsonObject & {
    readonly id: string;
    readonly type: string;
    readonly subject: string;
    readonly sequence: string;
  };
  readonly at: number;
};

export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
};
export type Receiver = (got: Got) => Reply | Promise<Reply>;

export type WebhookRig = {
  readonly store: Store;
  readonly clock: HandClock;
  readonly runs: Rig;
  readonly kit: DeliveryKit;
  readonly got: readonly Got[];
  /** What an answer came to. */
  readonly answered: readonly (Got & Reply)[];
  readonly create: (
    request: Partial<Parameters<typeof createWebhook>[1]> & { readonly from?: bigint | "start" },
  ) => Promise<string>;
  /** A process that sends; ends by itself when it is stopped, or killed: then nothing more of it reaches the log. */
  readonly deliver: () => { readonly stop: () => Promise<void>; readonly kill: () => void };
};

const KEY = Buffer.alloc(32, 9);
const quiet = (): void => undefined;

export function webhookRig(
  receiver: Receiver,
  {
    retrySchedule = RETRY_SCHEDULE,
    store = memoryStore(),
    log = SILENT,
    checkpoint = unsigned,
    sending = {},
    isOn = () => true,
  }: Options = {},
): WebhookRig {
  const clock = handClock();
  const seals = memorySubjectKeys();
  const runs = rig({ store, seals, clock, providers: [scripted(({ params }) => ok(params.give ?? null))] });
  const got: Got[] = [];
  const answered: (Got & Reply)[] = [];
  const hand: Outbound = {
    send: async (request) => {
      const one = gotOf(request, clock.now());
      got.push(one);
      const reply = await orAborted(receiver(one), request.signal);
      answered.push({ ...one, ...reply });
      return { headers: {}, ...reply, body: bodyOf(reply.text) };
    },
    close: async () => undefined,
  };
  const alive = new Set<string>();
  const kitOf = (events = store.events): DeliveryKit => {
    const own = Incarnation.parse(systemRandom().eventId());
    alive.add(own);
    return {
      store: { ...store, events, seals },
      tenant: TENANT,
      clock,
      random: { ...systemRandom(), fraction: () => 0.5 },
      keys: webhookKeys(KEY, { seal, unsealed: (key, sealed, about) => unsealed(key, sealed, about) }),
      outbound: hand,
      timeoutMs: 15_000,
      retrySchedule,
      source: "gleitzeit:test",
      checkpoint,
      incarnations: { own, isAlive: async (other) => alive.has(other) },
      expressions: async () => celExpressions(["event"]),
      log,
      ...sending,
    };
  };
  const kit = kitOf();
  return {
    store,
    clock,
    runs,
    kit,
    got,
    answered,
    create: async ({ from = "start", ...request }) => {
      const asked = WebhookRequest.parse({ url: "https://example.com/hook", ...request });
      const condition = async () => celExpressions(["event"]);
      const { endpoint } = await createWebhook(kit, asked, from, { condition, challenge: unasked }, CLI);
      return endpoint.stream.slice(endpoint.stream.indexOf(".") + 1);
    },
    deliver: () => {
      const stop = new AbortController();
      let isDead = false;
      const mortal = kitOf({
        ...store.events,
        append: (...given) => (isDead ? new Promise(quiet) : store.events.append(...given)),
      });
      const done = deliverWebhooks(
        { ...mortal, sending: async () => mortal, isOn: async () => isOn() },
        stop.signal,
      );
      return {
        stop: async () => {
          stop.abort(new Error("stopped"));
          await done;
          alive.delete(mortal.incarnations.own);
        },
        kill: () => {
          isDead = true;
          stop.abort(new Error("killed"));
          alive.delete(mortal.incarnations.own);
        },
      };
    },
  };
}

type Options = {
  readonly retrySchedule?: readonly number[];
  readonly store?: Store;
  readonly log?: Log;
  readonly checkpoint?: DeliveryKit["checkpoint"];
  /** Whether anything is sent. */
  readonly isOn?: () => boolean;
  /** Instead of receivers by hand, or of the hand-driven clock. */
  readonly sending?: Partial<Pick<DeliveryKit, "outbound" | "clock" | "timeoutMs">>;
};
const unasked = async (): Promise<void> => undefined;
const unsigned = async (): Promise<undefined> => undefined;
const SILENT: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet };

async function* bodyOf(text = ""): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function orAborted<T>(answer: T | Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
    if (signal.aborted) return leave();
    signal.addEventListener("abort", leave, { once: true });
    Promise.resolve(answer).then(resolve, reject);
  });
}

function gotOf({ url, headers, body = "" }: OutboundRequest, at: number): Got {
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  return { url, id: headers["webhook-id"] ?? "", headers, text, body: JSON.parse(text), at };
}

/** Until everything that can be sent without time passing has been. */
export const rest = (): Promise<void> => settled(200);
