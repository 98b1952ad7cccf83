// What stands in the timeline of a run that undoes what its tasks did.
import type { Graph, TaskId } from "../domain/index.ts";
import { goOn, type Timeline } from "./timeline-view.ts";
import { undoingId } from "./undoing.ts";

/** Each element by itself, not the task that they are elements of. */
export function canBeUndone({ nodes, indexOf }: Graph, { tasks }: Timeline, id: TaskId): boolean {
  const node = nodes[indexOf.get(tasks.get(id)?.of ?? id) ?? -1];
  if (node?.compensate === undefined) return false;
  return node.agent ? node.id === id : node.forEach === undefined || node.id !== id;
}

/** What ended last is undone first; each waits for the one before it. */
export function undo(view: Timeline, readyAt: number): void {
  goOn(view, readyAt);
  const order = view.undoable.toReversed();
  for (const [i, compensates] of order.entries()) {
    const [id, follower] = [undoingId(compensates), order[i + 1]];
    const next = follower === undefined ? {} : { next: undoingId(follower) };
    const ready = i === 0 && { readyAt, ...(view.lastEnded !== undefined && { waitedFor: view.lastEnded }) };
    const name = `compensate:${view.tasks.get(compensates)?.name ?? compensates}`;
    view.tasks.set(id, { id, name, compensates, attempts: [], ...next, ...ready });
  }
}
