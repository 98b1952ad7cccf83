// A run as the log has it: its events, read a page at a time, and where the decisions about each task stand.
import {
  type EventId,
  isFinal,
  type RecordedRunEvent,
  type Revision,
  type RunEventType,
  type RunId,
  type RunStatus,
} from "../../domain/index.ts";
import { eventsOf } from "../log/history.ts";
import type { EventStore } from "../ports/index.ts";
import { recordsAt } from "../resolving/values.ts";
import { sequenceOf } from "./sequence.ts";

export type Entry = { readonly revision: Revision; readonly type: RunEventType; readonly id: EventId };

export type RecordedRun = {
  readonly run: RunId;
  readonly length: number;
  /** How it ended; undefined while it has not. */
  readonly end: RunStatus | undefined;
  /** The nth decision about a task, or about the run itself. */
  readonly entry: (sequence: string, n: number) => Entry | undefined;
  readonly count: (sequence: string) => number;
  readonly at: (revision: Revision) => Promise<RecordedRunEvent | undefined>;
  readonly events: () => AsyncGenerator<RecordedRunEvent>;
};

const ENDS: Readonly<Partial<Record<RunEventType, RunStatus>>> = {
  RunSucceeded: "succeeded",
  RunFailed: "failed",
  RunCancelled: "cancelled",
};

export async function recordedRun(store: EventStore, run: RunId, tenant: string): Promise<RecordedRun> {
  const entries = new Map<string, Entry[]>();
  let length = 0;
  let end: RunStatus | undefined;
  for await (const { event, revision, id } of eventsOf(store, run, tenant)) {
    length = revision + 1;
    end = ENDS[event.type] ?? end;
    const sequence = sequenceOf(event);
    if (sequence === undefined) continue;
    const known = entries.get(sequence);
    const entry = { revision, type: event.type, id };
    if (known) known.push(entry);
    else entries.set(sequence, [entry]);
  }
  return {
    run,
    length,
    end: end !== undefined && isFinal(end) ? end : undefined,
    entry: (sequence, n) => entries.get(sequence)?.[n],
    count: (sequence) => entries.get(sequence)?.length ?? 0,
    at: async (revision) => (await recordsAt({ events: store }, run, tenant, [revision]))[0],
    events: () => eventsOf(store, run, tenant),
  };
}
