// What happens to the instances of a provider, in its stream `provider-<name>`, which all processes of an installation share.
// STORED FORMAT. Names and fields below are on disk for ever: add, never rename or narrow.
import { z } from "zod";
import { ErrorCode } from "../errors.ts";
import { StreamName } from "../ids.ts";
import { Instant } from "../instant.ts";
import type { Json } from "../json.ts";
import { Count, Value } from "../run/parts.ts";
import { event } from "../run/schema.ts";

const Which = { instance: z.string().min(1) };
const Why = { reason: Value.exactOptional() };

/** From here on calls may go there: what it speaks, and where it is. */
const InstanceAdded = event(
  "InstanceAdded",
  { ...Which, protocol: z.string(), endpoint: z.string().exactOptional() },
  {},
);
/** It is no longer configured. */
const InstanceRemoved = event("InstanceRemoved", Which, {});

/** Somebody asked that it gets no more calls; those under way end by themselves. */
const InstanceDraining = event("InstanceDraining", Which, Why);
const InstanceResumed = event("InstanceResumed", Which, Why);

/** What its health checks found. */
const InstanceUnhealthy = event("InstanceUnhealthy", Which, { detail: Value.exactOptional() });
const InstanceHealthy = event("InstanceHealthy", Which, {});

/** So many calls failed one after the other, the last one with that code: none goes there before `until`. */
const BreakerOpened = event(
  "BreakerOpened",
  { ...Which, failures: Count, code: ErrorCode, until: Instant },
  {},
);
/** A few calls try it. */
const BreakerHalfOpened = event("BreakerHalfOpened", Which, {});
const BreakerClosed = event("BreakerClosed", Which, {});

export const PoolEvent = z.discriminatedUnion("type", [
  InstanceAdded,
  InstanceRemoved,
  InstanceDraining,
  InstanceResumed,
  InstanceUnhealthy,
  InstanceHealthy,
  BreakerOpened,
  BreakerHalfOpened,
  BreakerClosed,
]);
export type PoolEvent = z.infer<typeof PoolEvent>;

export const POOL_EVENT_VERSION = 1;

export const providerStream = (provider: string): StreamName => StreamName.parse(`provider-${provider}`);

/** Undefined for what this version cannot read. */
export function readPoolEvent(type: string, version: number, data: Json): PoolEvent | undefined {
  const candidate: unknown = { type, data };
  return version === POOL_EVENT_VERSION && isPoolEvent(candidate) ? candidate : undefined;
}

/** Checked, then kept as it is: a reader keeps fields that it does not know. */
const isPoolEvent = (value: unknown): value is PoolEvent => PoolEvent.safeParse(value).success;
