// A step can be taken back: it journals what it overwrites, so that a version conflict costs a fold of
// the tail only, never a fold of the whole history.
import { place, type RunState, type TaskState, taskAt } from "./state.ts";

/** From here on every change is journalled, until `commit` or `rollback`. */
export function begin(state: RunState): void {
  state.journal = {
    tasks: new Map(),
    head: { ...state.head },
    size: state.tasks.length,
    undoable: state.undoable.length,
    inbox: state.inbox.mark(),
  };
}

export function commit(state: RunState): void {
  state.journal?.inbox.forget();
  state.journal = undefined;
}

export function rollback(state: RunState): void {
  const journal = state.journal;
  if (!journal) throw new Error("nothing to roll back");
  state.journal = undefined;
  state.head = journal.head;
  journal.inbox.restore();
  state.undoable.length = journal.undoable;
  cutBack(state, journal.size);
  const kept = [...journal.tasks].filter(([index]) => index < journal.size);
  for (const [index, task] of kept) state.tasks[index] = task;
  for (const [index] of kept) place(state, index);
}

/** The task, saved first if a step is under way. */
export function touch(state: RunState, index: number): TaskState {
  const task = taskAt(state, index);
  if (state.journal && !state.journal.tasks.has(index)) state.journal.tasks.set(index, { ...task });
  return task;
}

function cutBack(state: RunState, size: number): void {
  if (state.tasks.length === size) return;
  state.tasks.length = size;
  state.added.length = size - state.graph.nodes.length;
  for (const [of, additions] of state.additions) {
    const kept = additions.filter(({ base, count }) => base + count <= size);
    state.additions.set(of, kept);
  }
  for (const [index, undoing] of state.undoing) if (undoing >= size) state.undoing.delete(index);
}
