// What is recorded of deliveries, as events.
import { type OpenDelivery, placeOf, type Told, type WebhookEvent } from "../../domain/index.ts";
import type { Attempted } from "./attempt.ts";

export const placed = ({ event, stream, revision, position }: Told, isAlone: boolean) => ({
  event,
  stream,
  revision,
  position: placeOf(position),
  ...(isAlone && { alone: true as const }),
});

export const disabled = (reason: "gone" | "failing"): WebhookEvent => ({
  type: "WebhookDisabled",
  data: { reason },
});

export const parkedEvent = ({ told, recipe, isAlone }: OpenDelivery, attempts: number): WebhookEvent => ({
  type: "WebhookParked",
  data: { ...placed(told, isAlone), type: recipe.type, attempts },
});

export function attemptedEvent(
  { told, isAlone, attempts }: OpenDelivery,
  { outcome, durationMs, status, code, address, response, message }: Attempted,
  due: object,
): WebhookEvent {
  const values = {
    ...(response !== undefined && { response }),
    ...(message !== undefined && { message }),
  };
  return {
    type: "WebhookAttempted",
    data: {
      ...placed(told, isAlone),
      attempt: attempts + 1,
      outcome,
      durationMs,
      ...(status !== undefined && { status }),
      ...(code !== undefined && { code }),
      ...(address !== undefined && { address }),
      ...due,
      ...(Object.keys(values).length > 0 && { values }),
    },
  };
}
