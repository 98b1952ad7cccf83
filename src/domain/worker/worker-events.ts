// What a process says of itself in its stream `worker-<incarnation>`, in a store that several machines share.
// STORED FORMAT. Names and fields below are on disk for ever: add, never rename or narrow.
import { z } from "zod";
import { type Incarnation, StreamName } from "../ids.ts";
import type { Json } from "../json.ts";
import { DurationMs } from "../run/parts.ts";
import { event } from "../run/schema.ts";

/** It lives, and says so again within `leaseMs`, which an observer counts from when it read this. */
const WorkerStarted = event("WorkerStarted", { leaseMs: DurationMs }, {});
const WorkerLeaseExtended = event("WorkerLeaseExtended", { leaseMs: DurationMs }, {});
/** It has given back what it had, and does nothing more. */
const WorkerStopped = event("WorkerStopped", {}, {});

export const WorkerEvent = z.discriminatedUnion("type", [WorkerStarted, WorkerLeaseExtended, WorkerStopped]);
export type WorkerEvent = z.infer<typeof WorkerEvent>;

export const WORKER_EVENT_VERSION = 1;

export const workerStream = (incarnation: Incarnation): StreamName =>
  StreamName.parse(`worker-${incarnation}`);

/** Undefined for what this version cannot read. */
export function readWorkerEvent(type: string, version: number, data: Json): WorkerEvent | undefined {
  if (version !== WORKER_EVENT_VERSION) return undefined;
  return WorkerEvent.safeParse({ type, data }).data;
}
