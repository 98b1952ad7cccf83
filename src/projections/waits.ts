// What do the tasks of a run wait for: time, a signal, people?
import {
  type Instant,
  millisOf,
  type RecordedRunEvent,
  type Revision,
  type TaskId,
} from "../domain/index.ts";
import { type Folded, projection } from "./projection.ts";
import { type Reactions, react } from "./reactions.ts";

export type Wait = {
  readonly task: TaskId;
  readonly since: number;
  /** The end of a time, or the instant at which it is too late. */
  readonly dueAt?: number;
  readonly signal?: string;
  readonly approval?: {
    readonly min: number;
    /** Ids of actors, each once. */
    readonly approvedBy: readonly string[];
    /** Ids of actors who may not decide. */
    readonly notBy?: readonly string[];
    /** Where the message lies. */
    readonly at: Revision;
  };
};

const reactions: Reactions<Wait | undefined, Wait | undefined> = {
  WaitStarted: (_, { task, dueAt, signal }, { recordedAt }) => ({
    ...beginning(task, recordedAt, dueAt),
    ...(signal !== undefined && { signal }),
  }),
  ApprovalRequested: (_, { task, min, dueAt, notBy }, { recordedAt, revision }) => ({
    ...beginning(task, recordedAt, dueAt),
    approval: { min, approvedBy: [], ...(notBy && { notBy }), at: revision },
  }),
  ApprovalDecided: (wait, { decision, by = "" }) => {
    if (!wait?.approval) return wait;
    const others = wait.approval.approvedBy.filter((one) => one !== by);
    const approvedBy = decision === "approved" ? [...others, by] : others;
    return { ...wait, approval: { ...wait.approval, approvedBy } };
  },
  TaskSucceeded: () => undefined,
  TaskFailed: () => undefined,
};

const beginning = (task: TaskId, at: Instant, dueAt: Instant | undefined): Wait => ({
  task,
  since: millisOf(at),
  ...(dueAt !== undefined && { dueAt: millisOf(dueAt) }),
});

/** How one task's wait stands after an event of that task. */
export const waitAfter = (wait: Wait | undefined, recorded: RecordedRunEvent): Wait | undefined =>
  recorded.event.type in reactions ? react(reactions, wait, recorded) : wait;

export type RunWaits = Folded & { readonly waits: Map<TaskId, Wait> };

const onTask = (view: RunWaits, { task }: { readonly task: TaskId }, recorded: RecordedRunEvent): void => {
  const wait = waitAfter(view.waits.get(task), recorded);
  if (wait) view.waits.set(task, wait);
  else view.waits.delete(task);
};

/** Of one run. */
export const runWaits = projection<RunWaits>(() => ({ position: "start", waits: new Map() }), {
  WaitStarted: onTask,
  ApprovalRequested: onTask,
  ApprovalDecided: onTask,
  TaskSucceeded: onTask,
  TaskFailed: onTask,
  RunSucceeded: ({ waits }) => waits.clear(),
  RunFailed: ({ waits }) => waits.clear(),
  RunCancelled: ({ waits }) => waits.clear(),
});
