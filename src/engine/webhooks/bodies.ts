// The bytes of a delivery: the same, whoever makes them and when, for as long as nothing is erased. That is why they are not
// kept anywhere: what they are made of is in the log. Of a run about a person they hold what its values say for as long as
// the key of that person is there, and then that these are erased.
import {
  bodyText,
  controlOf,
  erasedData,
  fullOf,
  MOST_BODY_BYTES,
  type Recipe,
  referenced,
  runOfStream,
  subjectOfStream,
  webhookData,
  webhookOfStream,
} from "../../domain/index.ts";
import { openValues } from "../log/decode.ts";
import type { SendingKit } from "./kit.ts";
import type { FactsOfRun } from "./run-facts.ts";
import { isOfSubject, isWebhooks, type Source } from "./telling.ts";

const utf8 = new TextEncoder();

export async function bodyOf(
  { source: log, store, tenant }: Pick<SendingKit, "source" | "store" | "tenant">,
  factsOf: FactsOfRun,
  { told, at: time, actor, event }: Source,
  recipe: Recipe,
): Promise<Uint8Array> {
  const envelope = { id: told.event, time, revision: told.revision, source: log, recipe };
  if (isWebhooks(event)) {
    const subject = webhookOfStream(told.stream);
    return utf8.encode(bodyText({ ...envelope, subject }, webhookData(event, subject, actor)));
  }
  if (isOfSubject(event)) {
    const subject = subjectOfStream(told.stream);
    return utf8.encode(bodyText({ ...envelope, subject }, erasedData(event.data, actor)));
  }
  const runId = runOfStream(told.stream) ?? "";
  const { workflow, subject } = await factsOf(told.stream);
  const facts = { runId, workflow, actor, ...(subject !== undefined && { subject }) };
  const inEnvelope = { ...envelope, subject: runId };
  const control = controlOf(event, facts);
  if (recipe.payload === "thin") return utf8.encode(bodyText(inEnvelope, control));
  const values = await openValues({ ...told, event }, tenant, store);
  const whole = utf8.encode(bodyText(inEnvelope, fullOf(event, facts, values, recipe.type)));
  if (whole.length <= MOST_BODY_BYTES) return whole;
  return utf8.encode(bodyText(inEnvelope, referenced(control, whole.length)));
}
