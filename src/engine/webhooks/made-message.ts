// A message with no event of the log behind it: a test, or a challenge.
import { bodyText, EventId, instantOf, type JsonObject, type Recipe } from "../../domain/index.ts";
import type { Message } from "./attempt.ts";
import type { SendingKit } from "./kit.ts";

type Made = Message & { readonly event: EventId };

/** `recipe` says how it is written, `data` what it says of `webhook`. */
export function madeMessage(kit: SendingKit, webhook: string, recipe: Recipe, data: JsonObject): Made {
  const event = EventId.parse(kit.random.eventId());
  const time = instantOf(kit.clock.now());
  const about = { id: event, time, revision: 0, source: kit.source, subject: webhook, recipe };
  const body = new TextEncoder().encode(bodyText(about, data));
  return { event, id: `${event}_${webhook}`, body, headers: {} };
}
