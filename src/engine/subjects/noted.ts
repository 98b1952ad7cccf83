// Events about persons and tenants, outside of runs: who did it is in their metadata, a reason among their values.
import {
  type Actor,
  instantOf,
  isObject,
  type Json,
  type JsonObject,
  jcs,
  jcsBy,
  jcsOfUserValue,
} from "../../domain/index.ts";
import type { Clock, NewEvent, Random } from "../ports/index.ts";

export type Noting = {
  readonly clock: Pick<Clock, "now">;
  readonly random: Pick<Random, "eventId" | "salt">;
};

const utf8 = new TextEncoder();

export function noted(
  { clock, random }: Noting,
  { type, data }: { readonly type: string; readonly data: { readonly [key: string]: Json | undefined } },
  schemaVersion: number,
  { tenant, actor }: { readonly tenant: string; readonly actor: Actor },
): NewEvent {
  const metadata: JsonObject = { tenant, actor: { ...actor } };
  return {
    id: random.eventId(),
    type,
    schemaVersion,
    recordedAt: instantOf(clock.now()),
    metadata: utf8.encode(jcs(metadata)),
    data: utf8.encode(
      jcsBy(data, (key, member) => (key === "values" && isObject(member) ? valuesText(member) : undefined)),
    ),
    salt: random.salt(),
  };
}

const valuesText = (values: JsonObject): string => jcsBy(values, (_, value) => jcsOfUserValue(value));
