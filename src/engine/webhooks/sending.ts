// One delivery, attempted once, and recorded: what it is made of before, what came of it after.
import {
  DISABLED_AFTER_MS,
  type Endpoint,
  instantOf,
  keyOf,
  type OpenDelivery,
  type Recipe,
  retryDelayMs,
  runOfStream,
  type Verdict,
  type WebhookEvent,
  webhookOfStream,
} from "../../domain/index.ts";
import { type Sealing, sealingOf } from "../log/sealing.ts";
import { type Attempted, attempt } from "./attempt.ts";
import { bodyOf } from "./bodies.ts";
import { attemptedEvent, disabled, parkedEvent, placed } from "./delivery-events.ts";
import type { Gate } from "./gate.ts";
import type { EndpointJournal } from "./journal.ts";
import type { DeliveryKit } from "./kit.ts";
import { type FactsOfRun, hasLeft } from "./run-facts.ts";
import type { Stopping } from "./stopping.ts";
import type { Source, Telling } from "./telling.ts";

export type Outcome = "delivered" | "failed" | "parked";

export type Sending = {
  readonly kit: DeliveryKit;
  readonly endpoint: Endpoint;
  readonly journal: EndpointJournal;
  readonly gate: Gate;
  readonly telling: Telling;
  readonly factsOf: FactsOfRun;
  readonly stop: Stopping;
};

/** Of one that was not begun before. */
export type Wanted = {
  readonly source: Source;
  readonly type: string;
  readonly isAlone: boolean;
  readonly replay?: OpenDelivery["replay"];
  /** As it was sent before. */
  readonly recipe?: Recipe;
};

export async function begun(sending: Sending, wanted: Wanted): Promise<OpenDelivery> {
  const { endpoint, journal } = sending;
  const { source, isAlone, replay } = wanted;
  const key = keyOf({ told: source.told, isAlone });
  const known = endpoint.open.get(key);
  if (known?.told.event === source.told.event && !known.isOver) return known;
  const recipe = wanted.recipe ?? (await recipeOf(sending, wanted));
  await journal.record({
    type: "WebhookDeliveryBegun",
    data: { ...placed(source.told, isAlone), ...recipe, ...(replay !== undefined && { replay }) },
  });
  const open = endpoint.open.get(key);
  if (!open) throw new Error(`a delivery to ${endpoint.stream} was begun and is not there`);
  return open;
}

async function recipeOf({ kit, endpoint, telling }: Sending, { source, type }: Wanted): Promise<Recipe> {
  const previous = await telling.previousOf(source.told);
  const signed = await kit.checkpoint();
  return {
    format: 1,
    type,
    payload: endpoint.settings.payload,
    ...(previous !== undefined && { previous }),
    ...(signed && { checkpoint: signed.checkpoint, source: signed.origin }),
  };
}

export async function sent(sending: Sending, open: OpenDelivery, source: Source): Promise<Outcome> {
  const { kit, endpoint, gate, factsOf, stop } = sending;
  const body = await bodyOf(kit, factsOf, source, open.recipe).catch((error: unknown) => {
    if (hasLeft(error)) return undefined;
    throw error;
  });
  if (!body) return abandoned(sending, open);
  const pass = await gate.enter(stop);
  let verdict: Verdict = "nothing";
  let result: Attempted | undefined;
  try {
    const id = `${source.told.event}_${webhookOfStream(endpoint.stream)}`;
    result = await attempt(kit, endpoint, { id, body, headers: headersOf(open, source) }, stop.signal);
    verdict = verdictOn(result);
  } finally {
    const { durationMs: tookMs = 0, code, retryAfterMs } = result ?? {};
    pass.over({
      verdict,
      tookMs,
      ...(code !== undefined && { code }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }
  return recorded(sending, open, result);
}

/** What it would tell has left the store for an archive: it is given up, and what comes behind it follows. */
export async function abandoned({ journal }: Sending, open: OpenDelivery): Promise<"parked"> {
  await journal.record(parkedEvent(open, open.attempts));
  return "parked";
}

/** An answer may repeat what it was sent: of a run about a person it is sealed as that run is. */
async function attempted(
  { journal, kit, factsOf }: Sending,
  { told, ...open }: OpenDelivery,
  result: Attempted,
  due: object,
  ...more: readonly WebhookEvent[]
): Promise<void> {
  const sealingAs = async (): Promise<Sealing> => {
    const facts = runOfStream(told.stream) ? await factsOf(told.stream) : {};
    return sealingOf(facts, kit.tenant, kit.store.seals);
  };
  const sealing = await sealingAs().catch((error: unknown) => {
    if (hasLeft(error)) return "erased" as const; // of a run that has left it is not known: the answer is not kept
    throw error;
  });
  await journal.recordOf(sealing, attemptedEvent({ told, ...open }, result, due), ...more);
}

/** What is sent again, or out of its order, says so: the body cannot, since it is the same. */
const headersOf = ({ attempts, isAlone, replay, isHeld }: OpenDelivery, { traceparent }: Source) => ({
  "gleitzeit-attempt": String(attempts + 1),
  ...(isAlone && isHeld && { "gleitzeit-out-of-order": replay === undefined ? "redelivery" : "replay" }),
  ...(traceparent !== undefined && { traceparent }),
});

/** A receiver that refuses one delivery is well; one that does not answer, or breaks, is not. */
function verdictOn({ outcome, status, code }: Attempted): Verdict {
  if (outcome === "delivered") return "fine";
  if (status === 429 || status === 503) return "busy";
  if (code === "DESTINATION_NOT_ALLOWED" || code === "INVALID_PARAMS") return "fine";
  return status === undefined || status >= 500 ? "fault" : "fine";
}

const GONE = 410;

async function recorded(sending: Sending, open: OpenDelivery, result: Attempted): Promise<Outcome> {
  const { endpoint, kit } = sending;
  if (result.outcome === "delivered") {
    const wasTroubled = endpoint.isTroubled;
    const recovered: WebhookEvent = { type: "WebhookRecovered", data: {} };
    await attempted(sending, open, result, {}, ...(wasTroubled ? [recovered] : []));
    return "delivered";
  }
  const failures = open.attempts + 1;
  const delay = retryDelayMs(kit.retrySchedule, {
    failures,
    retryAfterMs: result.retryAfterMs,
    fraction: kit.random.fraction(),
  });
  const now = kit.clock.now();
  const since = endpoint.failingSince ?? now;
  if (result.status === GONE) {
    await attempted(sending, open, result, {}, disabled("gone"));
    return "failed";
  }
  const dueAt = delay === undefined ? {} : { dueAt: instantOf(now + delay) };
  const isOver = now - since >= DISABLED_AFTER_MS;
  const parked = delay === undefined ? [parkedEvent(open, failures)] : [];
  await attempted(sending, open, result, dueAt, ...parked, ...(isOver ? [disabled("failing")] : []));
  return delay === undefined ? "parked" : "failed";
}
