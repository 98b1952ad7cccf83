// The runs that are tasks of one run: begun when their start is recorded, asked to stop or to pause with it, and their
// ends reported to it. They are driven here, by whoever drives their parent.
//
// Invariants:
//  1. A child begins after the append of ChildRunStarted is durable; its id follows from that event, so that whoever
//     goes on after a stop finds it, or begins it.
//  2. Nothing is remembered that the two logs do not say: asking twice changes nothing.
import {
  asError,
  childAt,
  type EventId,
  indexOf,
  mustStop,
  nextDue,
  nodeAt,
  type RunCommandOf,
  type RunId,
  type RunRequest,
  type TaskId,
} from "../../domain/index.ts";
import type { DriveEnd, Driven, LiveEvent } from "../driven.ts";
import type { Kit } from "../host.ts";

/** What the engine does for the children of a run. */
export type Nursery = {
  /** Submits it, or takes it up where it is. */
  readonly open: (driven: Driven, task: TaskId, attempt: number) => Promise<RunId>;
  /** Resolves when it rests, and with `ended` once it has ended, whoever drives it. */
  readonly rest: (run: RunId) => Promise<DriveEnd>;
  /** Resolves when a run that rests goes on. */
  readonly goesOn: (run: RunId) => Promise<void>;
  readonly request: (run: RunId, request: RunRequest) => Promise<void>;
  readonly outcome: (run: RunId) => Promise<RunCommandOf<"FinishChild">["outcome"]>;
};

export type Children = {
  readonly follow: (live: readonly LiveEvent[]) => void;
  /** Takes up the children of a run that was loaded. */
  readonly takeUp: () => void;
  /** Asks those to stop that are not to go on. */
  readonly look: () => void;
  /** The run is paused, or waits for nothing but children that are. */
  readonly isAtRest: () => boolean;
};

export type Told = {
  readonly report: (command: RunCommandOf<"FinishChild">, cause: EventId | undefined) => void;
  readonly rested: () => void;
  readonly failed: (error: unknown) => void;
};

type Child = { readonly run: RunId; readonly index: number; isResting: boolean; isStopped: boolean };

export function children(
  kit: Kit,
  driven: Driven,
  nursery: Nursery,
  { report, rested, failed }: Told,
): Children {
  const { state } = driven;
  const open = new Map<TaskId, Child>();

  const ask = (run: RunId, request: RunRequest): Promise<void> =>
    nursery.request(run, request).catch((error: unknown) => {
      kit.log.warn({ run, error: asError(error) }, `a child run could not be asked: ${request.type}`);
    });

  const attend = async (task: TaskId, attempt: number, cause: EventId | undefined): Promise<void> => {
    const run = await nursery.open(driven, task, attempt);
    const child: Child = { run, index: indexOf(state, task) ?? -1, isResting: false, isStopped: false };
    open.set(task, child);
    if (cause === undefined)
      await ask(run, { type: state.head.status === "paused" ? "PauseRun" : "ResumeRun" });
    look();
    for (;;) {
      const end = await nursery.rest(run);
      if (end.kind === "ended") break;
      if (end.kind !== "paused") return;
      child.isResting = true;
      rested();
      await nursery.goesOn(run);
      child.isResting = false;
    }
    open.delete(task);
    report({ type: "FinishChild", task, attempt, run, outcome: await nursery.outcome(run) }, cause);
  };

  const begin = (task: TaskId, attempt: number, cause: EventId | undefined): void => {
    attend(task, attempt, cause).catch((error: unknown) => failed(error));
  };

  const look = (): void => {
    if (open.size === 0) return;
    const now = kit.clock.now();
    for (const child of open.values()) {
      if (child.isStopped || !mustStop(state, child.index, now)) continue;
      child.isStopped = true;
      void ask(child.run, { type: "CancelRun", reason: "the run that it is part of stops" });
    }
  };

  return {
    look,
    follow: (live) => {
      for (const { event, id } of live) {
        if (event.type === "ChildRunStarted") begin(event.data.task, event.data.attempt, id);
        if (event.type !== "RunPaused" && event.type !== "RunResumed") continue;
        const type = event.type === "RunPaused" ? "PauseRun" : "ResumeRun";
        for (const { run } of open.values()) void ask(run, { type });
      }
    },
    takeUp: () => {
      for (const [index, { status, attempt }] of state.tasks.entries()) {
        const node = nodeAt(state, index);
        if (status === "running" && childAt(state, index)) begin(node.id, attempt, undefined);
      }
    },
    isAtRest: () => {
      const resting = [...open.values()].filter(({ isResting }) => isResting).length;
      const { running, status } = state.head;
      if (running > resting) return false;
      return status === "paused" || (resting > 0 && nextDue(state) === undefined);
    },
  };
}
