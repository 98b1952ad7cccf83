// The state of a run as JSON, and back: what folding its events up to there gives, so that they need not be read again.
// Never a truth of its own. Control fields only, as the state itself.
import type { Revision, TaskId } from "../ids.ts";
import { isObject } from "../json.ts";
import type { Graph } from "../workflow/graph.ts";
import type { Addition } from "./elements.ts";
import { regrow } from "./growth.ts";
import { initial, waiting } from "./initial.ts";
import { type DueEntry, nodeAt, place, type RunHead, type RunState, type TaskState } from "./state.ts";

/**
 * Raised whenever the same events would fold to another state, or the same definition compile to another graph: what
 * was kept before is then ignored.
 */
export const FOLD_VERSION = 1;

export type RunSnapshot = {
  readonly fold: typeof FOLD_VERSION;
  /** How many tasks the graph has, before any were added. */
  readonly nodes: number;
  readonly head: Partial<RunHead>;
  /** In the order in which they were added. */
  readonly additions: readonly Addition[];
  /** What differs from a task of which nothing has been heard. */
  readonly tasks: readonly Partial<TaskState>[];
  /** Indexes of those that have succeeded and can be undone, in the order of their ends. */
  readonly undoable: readonly number[];
  /** Who has recorded a result under a key. */
  readonly recorded: readonly (readonly [key: string, by: DueEntry])[];
  /** Signals that came before anybody waited for them. */
  readonly signals: readonly (readonly [name: string, at: readonly Revision[]])[];
};

/** None of a run that undoes what it did: it has come to its end, and grows by other rules. */
export function snapshotOf(state: RunState): RunSnapshot | undefined {
  if (state.journal) throw new Error("a snapshot in the middle of a step");
  if (state.head.compensation || state.undoing.size > 0) return undefined;
  return {
    fold: FOLD_VERSION,
    nodes: state.graph.nodes.length,
    head: state.head,
    additions: [...state.additions.values()].flat().toSorted(asTheyCame),
    tasks: state.tasks.map((task, index) => differing(task, waiting(nodeAt(state, index)))),
    undoable: state.undoable,
    recorded: [...state.recorded],
    signals: state.inbox.kept(),
  };
}

/** An empty one begins where the next one does, and came before it. Snapshots that were kept earlier may have it behind. */
const asTheyCame = (a: Addition, b: Addition): number => a.base - b.base || a.count - b.count;

function differing(task: TaskState, fresh: TaskState): Partial<TaskState> {
  const known: ReadonlyMap<string, unknown> = new Map(Object.entries(fresh));
  const isSame = (key: string, value: unknown): boolean =>
    known.get(key) === value || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(task).filter(([key, value]) => !isSame(key, value)));
}

/** Undefined when it is of another fold, or does not fit the graph. Whoever kept it answers for its shape. */
export function stateFrom(
  snapshot: RunSnapshot,
  graph: Graph,
  reusable: ReadonlyMap<TaskId, Revision> = new Map(),
): RunState | undefined {
  if (snapshot.fold !== FOLD_VERSION || snapshot.nodes !== graph.nodes.length) return undefined;
  const state = initial(graph, reusable);
  for (const addition of snapshot.additions.toSorted(asTheyCame)) regrow(state, addition);
  if (state.tasks.length !== snapshot.tasks.length) return undefined;
  state.head = { ...state.head, timeoutMs: undefined, ...snapshot.head };
  for (const [index, task] of snapshot.tasks.entries()) {
    state.tasks[index] = { ...waiting(nodeAt(state, index)), ...task };
  }
  state.undoable.push(...snapshot.undoable);
  for (const [key, by] of snapshot.recorded) state.recorded.set(key, by);
  for (const [name, revisions] of snapshot.signals) for (const at of revisions) state.inbox.keep(name, at);
  for (const [index, { elements }] of state.tasks.entries()) {
    place(state, index);
    if (elements?.halted) state.halting.push(index);
  }
  return state;
}

/** Its shape from the outside; that nothing was changed inside is for its checksum to say. */
export const isRunSnapshot = (value: unknown): value is RunSnapshot =>
  isObject(value) &&
  value.fold === FOLD_VERSION &&
  typeof value.nodes === "number" &&
  isObject(value.head) &&
  [value.additions, value.tasks, value.undoable, value.recorded, value.signals].every(Array.isArray);
