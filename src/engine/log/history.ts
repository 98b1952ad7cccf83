// Reading runs back: decoded pages of a stream, and the state they fold to.
import {
  evolve,
  type Graph,
  initial,
  millisOf,
  type RecordedRunEvent,
  type Revision,
  type RunEventOf,
  type RunId,
  type RunState,
  runStream,
  type StreamName,
  type TaskId,
} from "../../domain/index.ts";
import { type EventStore, lastOf } from "../ports/index.ts";
import { decode, decodeForFold, type FoldableEvent } from "./decode.ts";
import { leftError } from "./left-run.ts";

const PAGE = 1000;

/** All events of a run from a revision on, page by page. */
export async function* eventsOf(
  events: EventStore,
  run: RunId,
  tenant: string,
  from: Revision = 0,
): AsyncGenerator<RecordedRunEvent> {
  const stream = runStream(run, tenant);
  for (let next = from; ; ) {
    const page = await events.read(stream, next, PAGE);
    const left = (page[0]?.revision ?? next) > next ? await leftError(events, stream) : undefined;
    if (left) throw left;
    for (const stored of page) yield decode(stored);
    if (page.length < PAGE) return;
    next += page.length;
  }
}

export type Submission = RunEventOf<"RunSubmitted">["data"];

/** The first event of a run; undefined when there is no such run, RUN_ARCHIVED when it has left the store. */
export async function submissionOf(
  events: EventStore,
  stream: StreamName,
): Promise<(RecordedRunEvent & { readonly event: RunEventOf<"RunSubmitted"> }) | undefined> {
  const [first] = await events.read(stream, 0, 1);
  if (!first) return undefined;
  const left = first.revision > 0 ? await leftError(events, stream) : undefined;
  if (left) throw left;
  const recorded = decode(first);
  if (recorded.event.type !== "RunSubmitted") throw new Error(`${stream} does not begin with RunSubmitted`);
  return { ...recorded, event: recorded.event };
}

/** Folds onto `state` what the stream holds beyond it; answers the events folded. */
export async function foldTail(
  events: EventStore,
  run: RunId,
  tenant: string,
  state: RunState,
): Promise<readonly RecordedRunEvent[]> {
  const folded: RecordedRunEvent[] = [];
  for await (const recorded of eventsOf(events, run, tenant, state.head.revision + 1)) {
    apply(state, recorded);
    folded.push(recorded);
  }
  return folded;
}

function apply(state: RunState, { event, revision, recordedAt }: FoldableEvent): void {
  evolve(state, event, { revision, at: millisOf(recordedAt) });
}

export type FoldOptions = {
  readonly reusable?: ReadonlyMap<TaskId, Revision>;
  readonly from?: RunState | undefined;
  /** The last revision that counts; all of them by default. */
  readonly until?: Revision;
};

/** The state of a run as its stream tells it; `from` is what is known of it already. */
export async function foldRun(
  events: EventStore,
  run: RunId,
  tenant: string,
  graph: Graph,
  { reusable, from, until = Number.POSITIVE_INFINITY }: FoldOptions = {},
): Promise<RunState> {
  const state = from ?? initial(graph, reusable);
  const stream = runStream(run, tenant);
  for (;;) {
    const page = await events.read(stream, state.head.revision + 1, PAGE);
    for (const stored of page) {
      if (stored.revision > until) return state;
      apply(state, decodeForFold(stored));
    }
    if (page.length < PAGE) return state;
  }
}

/** Of a run that exists. */
export const lastRevision = async (events: EventStore, run: RunId, tenant: string): Promise<number> =>
  (await lastOf(events, runStream(run, tenant)))?.revision ?? 0;
