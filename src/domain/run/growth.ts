// How a run grows: TasksAdded puts the elements of a task behind the tasks that are there. Growing costs what is added,
// once; afterwards an element is a task like any other, and its end costs the same however many there are.
import { TaskId } from "../ids.ts";
import { asksElements } from "../workflow/conditions.ts";
import type { TaskNode } from "../workflow/graph.ts";
import { stepNode } from "./agent-steps.ts";
import { edit } from "./edited.ts";
import type { Addition, Elements, Steps } from "./elements.ts";
import { waiting } from "./initial.ts";
import type { Place } from "./place.ts";
import { isOpen, nodeAt, place, type RunState, taskAt } from "./state.ts";
import type { TaskStatus } from "./statuses.ts";
import { touch } from "./undo.ts";

const NONE: Elements = { count: 0, released: 0, busy: 0, halted: false };

type Growth = { readonly count: number; readonly steps?: Steps | undefined };

export function grow(state: RunState, of: number, { count, steps }: Growth, where: Place): void {
  const node = nodeAt(state, of);
  const task = touch(state, of);
  if (task.status !== "waiting") throw new Error(`elements of ${node.id}, which is ${task.status}`);
  const before = task.elements ?? NONE;
  const base = state.tasks.length;
  add(state, node, { of, first: before.count, base, count, at: where.revision, ...(steps && { steps }) });
  const ended = before.count - task.unmet;
  const released = Math.min(before.count + count, ended + (node.forEach?.maxParallel ?? Infinity));
  task.elements = { ...before, count: before.count + count, released: Math.max(released, before.released) };
  task.unmet += count;
  task.startedAt ??= where.at;
  state.head.unfinished += count;
  for (let n = before.released; n < task.elements.released; n += 1) place(state, elementIndex(state, of, n));
  place(state, of);
}

/** The tasks of an addition that is known already, as new as they ever were. */
export function regrow(state: RunState, addition: Addition): void {
  const { of, base } = addition;
  if (base !== state.tasks.length) throw new Error(`elements of task ${of} begin at ${base}`);
  add(state, nodeAt(state, of), addition);
}

function add(state: RunState, node: TaskNode, addition: Addition): void {
  const { of, first, base, count, steps } = addition;
  additionsOf(state, of).push(addition);
  for (let i = 0; i < count; i += 1) {
    const at = { n: first + i, index: base + i };
    const element = steps ? stepNode(node, steps, i, at) : elementOf(node, at.n, at.index);
    const task = waiting(element);
    edit(state.head, element.id, task);
    state.tasks.push(task);
    state.added.push(element);
  }
}

function additionsOf(state: RunState, of: number): Addition[] {
  const known = state.additions.get(of);
  if (known) return known;
  const none: Addition[] = [];
  state.additions.set(of, none);
  return none;
}

/** Its failure is its own: what it means for the run is decided by its task. Only a pause is for each of them. */
function elementOf({ forEach: _, when, ...node }: TaskNode, n: number, index: number): TaskNode {
  return {
    ...node,
    ...(when && asksElements(when) && { when }),
    index,
    id: TaskId.parse(`${node.id}[${n}]`),
    name: `${node.name}[${n}]`,
    dependencies: [],
    dependents: [node.index],
    onFailure: node.onFailure === "pause" ? "pause" : "continue",
    element: { of: node.index, n },
  };
}

/** Which TasksAdded brought that element. Few ask twice for anything but the last. */
export function additionOf(state: RunState, of: number, n: number): Addition | undefined {
  return state.additions.get(of)?.findLast(({ first, count }) => n >= first && n < first + count);
}

function elementIndex(state: RunState, of: number, n: number): number {
  const addition = additionOf(state, of, n);
  if (!addition) throw new Error(`${nodeAt(state, of).id} has no element ${n}`);
  return addition.base + n - addition.first;
}

const ELEMENT = /^(.+)\[(\d{1,15})\]$/;

/** Where a task stands, be it of the document or added. */
export function indexOf(state: RunState, id: TaskId): number | undefined {
  const index = state.graph.indexOf.get(id);
  if (index !== undefined) return index;
  if (id.startsWith(UNDOING)) return undoingAt(state, id.slice(UNDOING.length));
  if (!id.endsWith("]")) return undefined;
  const [, of = "", n = ""] = ELEMENT.exec(id) ?? [];
  const parent = TaskId.safeParse(of);
  const above = parent.success ? indexOf(state, parent.data) : undefined;
  const addition = above === undefined ? undefined : additionOf(state, above, Number(n));
  if (!addition || String(Number(n)) !== n) return undefined;
  return addition.base + Number(n) - addition.first;
}

const UNDOING = "compensate:";

function undoingAt(state: RunState, id: string): number | undefined {
  const undone = TaskId.safeParse(id);
  const index = undone.success ? indexOf(state, undone.data) : undefined;
  return index === undefined ? undefined : state.undoing.get(index);
}

/** A task by what its author calls it: id, name, or the id of an element. */
export function taskNamed(state: RunState, name: string): TaskNode | undefined {
  const id = TaskId.safeParse(name);
  const index = state.graph.heads.tasks.get(name) ?? (id.success ? indexOf(state, id.data) : undefined);
  return index === undefined ? undefined : nodeAt(state, index);
}

/** The elements of a task, by index, in order. */
export function* elementsOf(state: RunState, of: number): Generator<number> {
  for (const { base, count } of state.additions.get(of) ?? []) {
    for (let i = 0; i < count; i += 1) yield base + i;
  }
}

export function elementBegan(state: RunState, of: number): void {
  const task = touch(state, of);
  if (task.elements) task.elements = { ...task.elements, busy: task.elements.busy + 1 };
}

/** The next one in order may begin, or none any more. */
export function elementEnded(state: RunState, of: number, status: TaskStatus, wasBusy: boolean): void {
  const task = touch(state, of);
  if (!task.elements) return;
  const { count, released, busy, halted } = task.elements;
  const stops = halted || (status === "failed" && nodeAt(state, of).forEach?.failFast === true);
  const isNext = !stops && released < count;
  task.elements = {
    ...task.elements,
    released: released + (isNext ? 1 : 0),
    busy: busy - (wasBusy ? 1 : 0),
    halted: stops,
  };
  if (isNext) place(state, elementIndex(state, of, released));
  if (stops) state.halting.push(of);
}

/** What had not begun when its task ended will not begin. */
export function abandonElements(state: RunState, of: number): void {
  if (taskAt(state, of).unmet === 0) return;
  for (const index of elementsOf(state, of)) {
    if (!isOpen(taskAt(state, index).status)) continue;
    touch(state, index).status = "cancelled";
    state.head.unfinished -= 1;
  }
  touch(state, of).unmet = 0;
}
