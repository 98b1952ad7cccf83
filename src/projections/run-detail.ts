// How does one run stand: itself and every task, and where do the values lie? Task names come from its definition.
import {
  isOpen,
  millisOf,
  type Position,
  type RecordedRunEvent,
  type Revision,
  type RunEventOf,
  type RunId,
  type RunStatus,
  TaskId,
} from "../domain/index.ts";
import { type Folded, projection } from "./projection.ts";
import { onAny, type Reactions, react } from "./reactions.ts";
import { type TaskDetail, type TaskNaming, taskAfter, triedAgain, waitingTask } from "./task-detail.ts";
import { grown } from "./task-growth.ts";
import { beginUndoing, markUndone } from "./undoing.ts";

export type RunDetail = Folded & {
  run: RunId | undefined;
  status: RunStatus;
  workflow: RunEventOf<"RunSubmitted">["data"]["workflow"] | undefined;
  forkedFrom: { readonly run: RunId; readonly revision: Revision; readonly isRetry: boolean } | undefined;
  owner: RunEventOf<"RunStarted">["data"]["owner"] | undefined;
  submittedAt: number;
  startedAt: number | undefined;
  endedAt: number | undefined;
  durationMs: number | undefined;
  cancelRequested: boolean;
  /** How a run that compensates, or has, ends. */
  compensating: RunEventOf<"RunCompensating">["data"]["outcome"] | undefined;
  /** Where outputs or the run's error lie. */
  endAt: Revision | undefined;
  error: RunEventOf<"RunFailed">["data"]["error"] | undefined;
  /** The task whose failure ended it; undefined when something else did: its time was up, an output was missing. */
  failedBy: TaskId | undefined;
  /** Length of the run's own stream. */
  events: number;
  head: Position | "start";
  readonly tasks: Map<TaskId, TaskDetail>;
};

/** In the order of the document. */
export const runDetail = (tasks: Iterable<TaskNaming>) => {
  const names = [...tasks];
  return projection<RunDetail>(() => emptyDetail(names), onAny(apply));
};

const emptyDetail = (tasks: readonly TaskNaming[]): RunDetail => ({
  position: "start",
  run: undefined,
  status: "absent",
  workflow: undefined,
  forkedFrom: undefined,
  owner: undefined,
  submittedAt: 0,
  startedAt: undefined,
  endedAt: undefined,
  durationMs: undefined,
  cancelRequested: false,
  compensating: undefined,
  endAt: undefined,
  error: undefined,
  failedBy: undefined,
  events: 0,
  head: "start",
  tasks: new Map(tasks.map((task) => [task.id, waitingTask(task)])),
});

function apply(view: RunDetail, recorded: RecordedRunEvent): void {
  view.run = recorded.run;
  view.events = recorded.revision + 1;
  view.head = recorded.position;
  react(reactions, view, recorded);
  const { event } = recorded;
  const id = "task" in event.data ? event.data.task : undefined;
  const task = id === undefined ? undefined : view.tasks.get(id);
  if (!task) return;
  const after = taskAfter(task, recorded);
  view.tasks.set(task.id, after);
  markUndone(view.tasks, after);
  if (after.of !== undefined && isOpen(task.status) && !isOpen(after.status)) oneMoreOver(view, after.of);
}

function oneMoreOver({ tasks }: RunDetail, id: TaskId): void {
  const task = tasks.get(id);
  if (task?.elements)
    tasks.set(id, { ...task, elements: { ...task.elements, over: task.elements.over + 1 } });
}

const reactions: Reactions<RunDetail, void> = {
  RunSubmitted: (view, { workflow, forkedFrom }, { recordedAt }) => {
    view.status = "pending";
    view.submittedAt = millisOf(recordedAt);
    view.workflow = workflow;
    view.forkedFrom = forkedFrom && {
      run: forkedFrom.run,
      revision: forkedFrom.revision,
      isRetry: forkedFrom.again === undefined,
    };
  },
  RunStarted: (view, { owner }, { recordedAt }) => {
    view.status = "running";
    view.startedAt = millisOf(recordedAt);
    view.owner = owner;
  },
  RunOwnerChanged: (view, { owner }) => {
    view.owner = owner;
  },
  RunPaused: (view) => {
    view.status = "paused";
  },
  RunResumed: (view) => {
    view.status = "running";
    for (const task of view.tasks.values()) if (task.isHeld) view.tasks.set(task.id, triedAgain(task));
  },
  RunCancelRequested: (view) => {
    view.cancelRequested = true;
  },
  RunCompensating: (view, { outcome, error, task }, { revision }) => {
    view.status = "compensating";
    view.compensating = outcome;
    view.endAt = revision;
    view.error = error;
    view.failedBy = task;
    beginUndoing(view.tasks);
  },
  TasksAdded: ({ tasks }, { template, ...added }, { recordedAt }) => {
    const of = TaskId.safeParse(template);
    const task = of.success ? tasks.get(of.data) : undefined;
    if (!task) return; // the items of a batch are there from the beginning
    for (const one of grown(task, added, millisOf(recordedAt))) tasks.set(one.id, one);
  },
  RunSucceeded: (view, { durationMs }, recorded) => end(view, "succeeded", durationMs, recorded),
  RunCancelled: (view, { durationMs }, recorded) => end(view, "cancelled", durationMs, recorded),
  RunFailed: (view, { durationMs, error, task }, recorded) => {
    view.error = error;
    view.failedBy = task;
    end(view, "failed", durationMs, recorded);
  },
};

/** What had not ended ends with the run. */
function end(view: RunDetail, status: RunStatus, durationMs: number, recorded: RecordedRunEvent): void {
  view.status = status;
  view.durationMs = durationMs;
  view.endedAt = millisOf(recorded.recordedAt);
  view.endAt = recorded.revision;
  for (const task of view.tasks.values()) {
    if (isOpen(task.status)) view.tasks.set(task.id, { ...task, status: "cancelled" });
  }
}
