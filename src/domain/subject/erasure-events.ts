// What was asked for of a person before anything is destroyed, and that all of it was done, in the stream `tenant-<tenant>`:
// who comes after a process that died in between finds there what to finish.
// STORED FORMAT. Names and fields below are on disk for ever: add, never rename or narrow.
import { z } from "zod";
import type { Json } from "../json.ts";
import { Value } from "../run/parts.ts";
import { event } from "../run/schema.ts";

const fields = { subject: z.string(), request: z.uuid() };

/**
 * The reason is kept in clear: it must not name the person. `name` is the random id of their entry in the directory of
 * names, if there is one: it tells nobody anything once that entry is gone.
 */
const ErasureRequested = event(
  "ErasureRequested",
  { ...fields, name: z.string().exactOptional() },
  { reason: Value },
);
/** Keys, runs that were under way, the name, and the log: nothing of it is left to do. */
const ErasureFinished = event("ErasureFinished", fields, {});

export const ErasureEvent = z.discriminatedUnion("type", [ErasureRequested, ErasureFinished]);
export type ErasureEvent = z.infer<typeof ErasureEvent>;

export const ERASURE_EVENT_VERSION = 1;

/** Undefined for what is of another kind, or cannot be read by this version. */
export function readErasureEvent(type: string, version: number, data: Json): ErasureEvent | undefined {
  if (version !== ERASURE_EVENT_VERSION) return undefined;
  return ErasureEvent.safeParse({ type, data }).data;
}
