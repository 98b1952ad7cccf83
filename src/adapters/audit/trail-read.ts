// That somebody looked through the trail is a fact of the log, recorded before anything of it is shown.
import { AUDIT_EVENT_VERSION, accessStream, instantOf, type TrailRead } from "../../domain/index.ts";
import type { TrailSought } from "../../engine/ports/index.ts";
import { type EventStore, plainEvent, type Recording } from "../../engine/ports/index.ts";
import { appendAtEnd } from "./stream-end.ts";

export async function recordTrailRead(
  events: EventStore,
  { everything, types, subject, ...asked }: TrailSought,
  recording: Recording,
): Promise<void> {
  const data: TrailRead["data"] = {
    ...asked,
    ...(subject !== undefined && { on: subject }),
    ...(types.length > 0 && { types: [...types] }),
  };
  const event = plainEvent({ type: "TrailRead", data: { ...data } }, AUDIT_EVENT_VERSION, recording);
  await appendAtEnd(events, accessStream(instantOf(recording.clock.now())), [event]);
}
