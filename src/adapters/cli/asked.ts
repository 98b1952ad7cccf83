// What people asked of a run and what tasks wait for on purpose: the parts of its history that its detail does not keep.
import { isFinal, millisOf, type RecordedRunEvent, type TaskId } from "../../domain/index.ts";
import { eventsOf, type History, openValues, textIn } from "../../engine/index.ts";
import { type Reactions, react } from "../../projections/index.ts";
import type { Reading } from "./parts.ts";

export type Request = {
  /** A name, or what there is instead. */
  readonly by: string;
  readonly at: number;
  readonly reason: string | undefined;
  /** The task whose failure paused the run. */
  readonly task: TaskId | undefined;
};

export type Purpose = {
  readonly for: "signal" | "approval" | "time";
  readonly signal?: string;
};

export type Asked = {
  readonly submitted: Request;
  readonly paused: Request | undefined;
  readonly cancelled: Request | undefined;
  readonly waits: ReadonlyMap<TaskId, Purpose>;
};

type Found = { at: { paused?: Noted; cancelled?: Noted }; readonly waits: Map<TaskId, Purpose> };
type Noted = { readonly recorded: RecordedRunEvent; readonly task?: TaskId };

const reactions: Reactions<Found, void> = {
  RunPaused: (found, { task }, recorded) => {
    found.at.paused = { recorded, ...(task !== undefined && { task }) };
  },
  RunResumed: ({ at }) => {
    delete at.paused;
  },
  RunCancelRequested: (found, _, recorded) => {
    found.at.cancelled = { recorded };
  },
  WaitStarted: ({ waits }, { task, signal }) =>
    waits.set(task, signal === undefined ? { for: "time" } : { for: "signal", signal }),
  ApprovalRequested: ({ waits }, { task }) => waits.set(task, { for: "approval" }),
};

/** As far as `history` has read. */
export async function askedOf(reading: Reading, { run, first, detail }: History): Promise<Asked> {
  const { store, tenant } = reading;
  const found: Found = { at: {}, waits: new Map() };
  for await (const recorded of eventsOf(store.events, run, tenant)) {
    if (recorded.revision >= detail.events) break;
    react(reactions, found, recorded);
  }
  const { paused, cancelled } = found.at;
  const requestOf = async ({ recorded, task }: Noted): Promise<Request> => {
    const { actor } = recorded.metadata;
    return {
      by: (await reading.nameOf(actor)) ?? `${actor.type} ${actor.id.slice(0, 8)}`,
      at: millisOf(recorded.recordedAt),
      reason: textIn(await openValues(recorded, tenant, store), "reason"),
      task,
    };
  };
  return {
    submitted: await requestOf({ recorded: first }),
    paused: paused && !isFinal(detail.status) ? await requestOf(paused) : undefined,
    cancelled: cancelled && (await requestOf(cancelled)),
    waits: found.waits,
  };
}
