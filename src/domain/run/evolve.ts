// state × event → state, in place. No opinions: it applies what happened. An impossible event throws.
import { unreachable } from "../errors.ts";
import { TaskId } from "../ids.ts";
import { millisOf } from "../instant.ts";
import { spend } from "./agent-steps.ts";
import { edit } from "./edited.ts";
import type { RunEvent, RunEventOf } from "./events.ts";
import { grow, indexOf } from "./growth.ts";
import type { Place } from "./place.ts";
import { isReady, nodeAt, place, type RunState } from "./state.ts";
import { isFinal, RUN_MOVES, type RunStatus } from "./statuses.ts";
import * as tasks from "./task-moves.ts";
import { touch } from "./undo.ts";
import { beginUndoing } from "./undoing.ts";
import * as waits from "./wait-moves.ts";

export function evolve(state: RunState, event: RunEvent, where: Place): void {
  if (where.revision !== state.head.revision + 1) {
    throw new Error(`event ${event.type} at revision ${where.revision} after ${state.head.revision}`);
  }
  if (isFinal(state.head.status) !== isAfterEnd(event))
    throw new Error(`event ${event.type} after the run ${state.head.status}`);
  state.head.revision = where.revision;
  apply(state, event, where);
}

const isAfterEnd = ({ type }: RunEvent): boolean => type === "RunArchived" || type === "ArchiveDeleted";

function apply(state: RunState, event: RunEvent, where: Place): void {
  const index = "task" in event.data ? taskIndex(state, event) : -1;
  switch (event.type) {
    case "RunSubmitted":
      return submitted(state, event, where);
    case "RunStarted":
      moveRun(state, "running");
      state.head.owner = event.data.owner;
      state.head.startedAt = where.at;
      return;
    case "RunOwnerChanged":
      state.head.owner = event.data.owner;
      return;
    case "RunPaused":
      return paused(state, event);
    case "RunResumed":
      return resumed(state, event, where);
    case "RunCancelRequested":
      state.head.cancelRequested = true;
      return;
    case "RunCompensating":
      moveRun(state, "compensating");
      return beginUndoing(state, event.data, where.revision);
    case "RunCancelled":
      return endRun(state, "cancelled", where);
    case "RunSucceeded":
      return endRun(state, "succeeded", where);
    case "RunFailed":
      return endRun(state, "failed", where);
    case "TasksAdded":
      return tasksAdded(state, event, where);
    case "TaskScheduled":
      return tasks.scheduled(state, index, event, where);
    case "TaskStarted":
      return tasks.started(state, index, event.data.attempt, event.data.claim.worker, where);
    case "TaskLost":
      return tasks.lost(state, index, event);
    case "TaskSucceeded":
      spend(state, index, event);
      return tasks.ended(state, index, "succeeded", where);
    case "TaskFailed":
      return tasks.failed(state, index, event, where);
    case "TaskRetryScheduled":
      return tasks.retrying(state, index, millisOf(event.data.dueAt));
    case "TaskSkipped":
      return tasks.ended(state, index, "skipped", where, event.data.reason);
    case "TaskCancelled":
      return tasks.ended(state, index, "cancelled", where);
    case "WaitStarted":
      return waits.started(state, index, event, where);
    case "ApprovalRequested":
      return waits.asked(state, index, event, where);
    case "SignalReceived":
      return waits.signalled(state, event, where);
    case "ApprovalDecided":
      return waits.decided(state, index, event, where);
    case "TaskFellBack":
      return tasks.fellBack(state, index, event);
    case "RunArchived":
    case "ArchiveDeleted":
      return; // where its events lie changes nothing of what it came to
    case "TaskLeaseExtended":
      return; // whether a worker lives is not the run's business
    case "ChildRunStarted":
      state.head.children += 1;
      return tasks.started(state, index, event.data.attempt, undefined, where);
    case "ChildRunFinished":
      state.head.children -= 1;
      return;
    default:
      return unreachable(event);
  }
}

function submitted(state: RunState, { data }: RunEventOf<"RunSubmitted">, { at, revision }: Place): void {
  moveRun(state, "pending");
  state.head.submittedAt = at;
  state.head.timeoutMs = data.timeoutMs ?? state.head.timeoutMs;
  state.head.deadline = data.deadline === undefined ? undefined : millisOf(data.deadline);
  const { params = [], results = [] } = data.forkedFrom ?? {};
  if (params.length + results.length === 0) return;
  state.head.edited = { at: revision, params, results };
  for (const id of new Set([...params, ...results])) {
    const index = indexOf(state, id);
    if (index === undefined) continue; // an element, or a step of an agent: it is still to be added
    edit(state.head, id, touch(state, index));
    place(state, index);
  }
}

/** The items of a batch are tasks of its graph; only the elements of a task are new. */
function tasksAdded(state: RunState, { data }: RunEventOf<"TasksAdded">, where: Place): void {
  if (!state.head.expanded) return expanded(state);
  const of = indexOf(state, TaskId.parse(data.template));
  if (of === undefined) throw new Error(`elements of an unknown task ${data.template}`);
  grow(state, of, data, where);
}

function expanded(state: RunState): void {
  state.head.expanded = true;
  for (let index = 0; index < state.tasks.length; index += 1) {
    if (isReady(state, index)) place(state, index);
  }
}

/** Another task may fail while the run is paused already. */
function paused(state: RunState, { data: { cause } }: RunEventOf<"RunPaused">): void {
  if (cause !== "task-failed" || state.head.status !== "paused") moveRun(state, "paused");
}

function resumed(state: RunState, { data }: RunEventOf<"RunResumed">, { revision }: Place): void {
  moveRun(state, "running");
  if (data.inputs) state.head.inputsAt = [...state.head.inputsAt, revision];
  for (const id of data.params ?? []) tasks.changed(state, indexOf(state, id) ?? -1, revision);
  for (const id of data.results ?? []) tasks.given(state, indexOf(state, id) ?? -1, revision);
  const { held } = state.head;
  state.head.held = [];
  for (const index of held) tasks.triedAgain(state, index);
}

function moveRun(state: RunState, to: RunStatus): void {
  const from = state.head.status;
  if (!RUN_MOVES[from].includes(to)) throw new Error(`a run cannot go from ${from} to ${to}`);
  state.head.status = to;
}

function endRun(state: RunState, to: RunStatus, { at }: Place): void {
  moveRun(state, to);
  state.head.endedAt = at;
}

/** They name a task, and move none. */
const ofRun = ({ type }: RunEvent): boolean =>
  type === "RunFailed" || type === "RunPaused" || type === "RunCompensating";

function taskIndex(state: RunState, event: RunEvent): number {
  const id: TaskId | undefined = "task" in event.data ? event.data.task : undefined;
  if (id === undefined || ofRun(event)) return -1;
  const index = indexOf(state, id);
  if (index === undefined) throw new Error(`${event.type} of an unknown task ${id}`);
  return nodeAt(state, index).index;
}
