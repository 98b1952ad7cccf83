// An event that stands outside of runs, as bytes: no values, no blobs, no cause.
import {
  type Actor,
  instantOf,
  type JsonObject,
  jcs,
  type Metadata,
  TENANT_MAIN,
} from "../../domain/index.ts";
import type { NewEvent } from "./event-store.ts";
import type { Clock, Random } from "./host.ts";

export type Recording = {
  readonly actor: Actor;
  readonly clock: Pick<Clock, "now">;
  readonly random: Pick<Random, "eventId" | "salt">;
};

const utf8 = new TextEncoder();

export function plainEvent(
  { type, data }: { readonly type: string; readonly data: JsonObject },
  schemaVersion: number,
  { actor, clock, random }: Recording,
): NewEvent {
  const metadata: Metadata = { tenant: TENANT_MAIN, actor };
  return {
    id: random.eventId(),
    type,
    schemaVersion,
    recordedAt: instantOf(clock.now()),
    metadata: utf8.encode(jcs(metadata)),
    data: utf8.encode(jcs(data)),
    salt: random.salt(),
  };
}
