// How waits and questions to people begin, and what comes for them. Such a task has no worker and no attempt; it stays
// `waiting` until its end.
//
// 1. A signal answers every wait of its name that stands, or the next one that starts; never one twice.
// 2. One rejection answers a question; so do `min` approvals, each by another person.
// 3. What answers a wait first in the log answers it: a signal that comes after the time was up, but before that was
//    recorded, is in time.
import { type Instant, millisOf } from "../instant.ts";
import type { RunEventOf } from "./events.ts";
import type { Place } from "./place.ts";
import { place, type RunState, type TaskState } from "./state.ts";
import { touch } from "./undo.ts";
import { type Answer, listens, type Said, type WaitState } from "./wait-state.ts";

export function started(
  state: RunState,
  index: number,
  { data }: RunEventOf<"WaitStarted">,
  where: Place,
): void {
  const early = data.signal === undefined ? undefined : state.inbox.take(data.signal);
  begin(state, index, data.dueAt, {
    ...begun(where),
    ...(data.signal !== undefined && { signal: data.signal }),
    ...(early !== undefined && { answer: { kind: "signal", at: early } }),
  });
}

export function asked(
  state: RunState,
  index: number,
  { data }: RunEventOf<"ApprovalRequested">,
  where: Place,
): void {
  const { min, approvers, notBy = [], dueAt } = data;
  begin(state, index, dueAt, {
    ...begun(where),
    asks: { min, notBy, ...(approvers && { approvers }) },
  });
}

const begun = ({ revision, at }: Place): WaitState => ({ since: at, at: revision, said: [] });

function begin(state: RunState, index: number, dueAt: Instant | undefined, wait: WaitState): void {
  const task = touch(state, index);
  if (task.status !== "waiting" || task.wait) throw new Error(`a ${task.status} task begins to wait`);
  task.wait = wait;
  task.dueAt = dueAt === undefined ? undefined : millisOf(dueAt);
  place(state, index);
}

export function signalled(
  state: RunState,
  { data: { name } }: RunEventOf<"SignalReceived">,
  { revision }: Place,
): void {
  const waiting = state.inbox.call(name).filter((index) => isListening(state, index, name));
  for (const index of new Set(waiting)) answer(state, index, { kind: "signal", at: revision });
  if (waiting.length === 0) state.inbox.keep(name, revision);
}

function isListening(state: RunState, index: number, name: string): boolean {
  const task = state.tasks[index];
  return task !== undefined && listens(task, name);
}

function answer(state: RunState, index: number, how: Answer): void {
  const task = touch(state, index);
  task.wait = { ...waitOf(task), answer: how };
  place(state, index);
}

export function decided(
  state: RunState,
  index: number,
  { data }: RunEventOf<"ApprovalDecided">,
  { revision, at }: Place,
): void {
  const task = touch(state, index);
  const wait = waitOf(task);
  const { decision, by = "" } = data;
  const word: Said = { decision, by, when: at, at: revision };
  const said = [...wait.said.filter((other) => other.by !== by), word];
  task.wait = { ...wait, said };
  const approvals = said.filter((one) => one.decision === "approved").length;
  if (decision === "rejected") answer(state, index, { kind: "rejected" });
  else if (approvals >= (wait.asks?.min ?? 1)) answer(state, index, { kind: "approved" });
}

function waitOf({ wait, status }: TaskState): WaitState {
  if (!wait || status !== "waiting" || wait.answer) throw new Error(`a ${status} task waits for no answer`);
  return wait;
}
