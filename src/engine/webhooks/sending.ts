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
/** `written`: what came of it is durable. It stands in the journal before anything that is recorded from now on. */
export type Sent = { readonly outcome: Outcome; readonly written: Promise<void> };

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

/** As it stands where it was begun and is not over. */
export function openOf({ endpoint }: Pick<Sending, "endpoint">, { source, isAlone }: Wanted) {
  const open = endpoint.open.get(keyOf({ told: source.told, isAlone }));
  return open?.told.event === source.told.event && !open.isOver ? open : undefined;
}

async function begun(sending: Sending, wanted: Wanted): Promise<OpenDelivery> {
  const { endpoint, journal } = sending;
  const { source, isAlone, replay } = wanted;
  const known = openOf(sending, wanted);
  if (known) return known;
  const recipe = wanted.recipe ?? (await recipeOf(sending, wanted));
  await journal.record({
    type: "WebhookDeliveryBegun",
    data: { ...placed(source.told, isAlone), ...recipe, ...(replay !== undefined && { replay }) },
  });
  const open = openOf(sending, wanted);
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

/** Nothing is recorded of it before its turn comes: an endpoint that does not answer costs the log nothing but its attempts. */
export async function sent(sending: Sending, wanted: Wanted): Promise<Sent> {
  const { gate, stop } = sending;
  const pass = await gate.enter(stop);
  let open: OpenDelivery;
  let verdict: Verdict = "nothing";
  let result: Attempted | undefined;
  try {
    open = await begun(sending, wanted);
    result = await attemptOf(sending, open, wanted.source);
    if (result) verdict = verdictOn(result);
  } finally {
    const { durationMs: tookMs = 0, code, retryAfterMs } = result ?? {};
    pass.over({
      verdict,
      tookMs,
      ...(code !== undefined && { code }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }
  return result ? recorded(sending, open, result) : abandoned(sending, open);
}

/** Undefined where what it would tell has left the store. */
async function attemptOf(
  { kit, endpoint, factsOf, stop }: Sending,
  open: OpenDelivery,
  source: Source,
): Promise<Attempted | undefined> {
  const body = await bodyOf(kit, factsOf, source, open.recipe).catch((error: unknown) => {
    if (hasLeft(error)) return undefined;
    throw error;
  });
  const id = `${source.told.event}_${webhookOfStream(endpoint.stream)}`;
  return body && attempt(kit, endpoint, { id, body, headers: headersOf(open, source) }, stop.signal);
}

/** What it would tell has left the store for an archive: it is given up, and what comes behind it follows. */
export const abandoned = ({ journal }: Sending, open: OpenDelivery): Sent => ({
  outcome: "parked",
  written: journal.record(parkedEvent(open, open.attempts)),
});

/** An answer may repeat what it was sent: of a run about a person it is sealed as that run is. */
async function sealingAs({ kit, factsOf }: Sending, { told: { stream } }: OpenDelivery): Promise<Sealing> {
  try {
    const facts = runOfStream(stream) ? await factsOf(stream) : {};
    return await sealingOf(facts, kit.tenant, kit.store.seals);
  } catch (error) {
    if (hasLeft(error)) return "erased"; // of a run that has left it is not known: the answer is not kept
    throw error;
  }
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

async function recorded(sending: Sending, open: OpenDelivery, result: Attempted): Promise<Sent> {
  const { endpoint, journal, kit } = sending;
  const sealing = await sealingAs(sending, open);
  const as = (outcome: Outcome, due: object, ...more: readonly WebhookEvent[]): Sent => ({
    outcome,
    written: journal.recordOf(sealing, attemptedEvent(open, result, due), ...more),
  });
  if (result.outcome === "delivered") {
    const recovered: WebhookEvent = { type: "WebhookRecovered", data: {} };
    return as("delivered", {}, ...(endpoint.isTroubled ? [recovered] : []));
  }
  const failures = open.attempts + 1;
  const delay = retryDelayMs(kit.retrySchedule, {
    failures,
    retryAfterMs: result.retryAfterMs,
    fraction: kit.random.fraction(),
  });
  const now = kit.clock.now();
  const since = endpoint.failingSince ?? now;
  if (result.status === GONE) return as("failed", {}, disabled("gone"));
  const dueAt = delay === undefined ? {} : { dueAt: instantOf(now + delay) };
  const isOver = now - since >= DISABLED_AFTER_MS;
  const parked = delay === undefined ? [parkedEvent(open, failures)] : [];
  const outcome = delay === undefined ? "parked" : "failed";
  return as(outcome, dueAt, ...parked, ...(isOver ? [disabled("failing")] : []));
}
