// What forbids that something is erased or removed for now, in the stream `tenant-<tenant>`.
// STORED FORMAT. Names and fields below are on disk for ever: add, never rename or narrow.
import { z } from "zod";
import { RunId, StreamName, TENANT_MAIN } from "../ids.ts";
import type { Json } from "../json.ts";
import { Value } from "../run/parts.ts";
import { event } from "../run/schema.ts";

/** A person by their pseudonym, or one run. */
export const HoldTarget = z.union([z.object({ subject: z.string() }), z.object({ run: RunId })]);
export type HoldTarget = z.infer<typeof HoldTarget>;

/** Reasons are kept in clear: they must not name the person. */
const HoldPlaced = event("HoldPlaced", { target: HoldTarget }, { reason: Value.exactOptional() });
const HoldReleased = event("HoldReleased", { target: HoldTarget }, { reason: Value.exactOptional() });

export const HoldEvent = z.discriminatedUnion("type", [HoldPlaced, HoldReleased]);
export type HoldEvent = z.infer<typeof HoldEvent>;

export const HOLD_EVENT_VERSION = 1;

export const tenantStream = (tenant: string = TENANT_MAIN): StreamName =>
  StreamName.parse(`tenant-${tenant}`);

/** Undefined for what is of another kind, or cannot be read by this version. */
export function readHoldEvent(type: string, version: number, data: Json): HoldEvent | undefined {
  if (version !== HOLD_EVENT_VERSION) return undefined;
  return HoldEvent.safeParse({ type, data }).data;
}
