// Who waited for what, and how long did each attempt take?
import {
  type Graph,
  type Instant,
  millisOf,
  type RecordedRunEvent,
  type Steps,
  TaskId,
} from "../domain/index.ts";
import { projection } from "./projection.ts";
import type { Reactions } from "./reactions.ts";
import { taskOfElement } from "./task-of-element.ts";
import { canBeUndone, undo } from "./timeline-undoing.ts";
import {
  type AttemptSpan,
  emptyTimeline,
  goOn,
  patch,
  type Timeline,
  type WaitSpan,
} from "./timeline-view.ts";

export const timeline = (graph: Graph) => projection(() => emptyTimeline(graph), reactionsOf(graph));

function reactionsOf(graph: Graph): Reactions<Timeline, void> {
  const over = (view: Timeline, _: unknown, { recordedAt }: RecordedRunEvent): void => {
    view.endedAt = millisOf(recordedAt);
    goOn(view, view.endedAt);
  };
  return {
    RunStarted: (view, _, { recordedAt }) => {
      const readyAt = millisOf(recordedAt);
      view.startedAt = readyAt;
      for (const { id, dependencies } of graph.nodes)
        if (dependencies.length === 0) patch(view, id, { readyAt });
    },
    RunSucceeded: over,
    RunFailed: over,
    RunCancelled: over,
    RunCompensating: (view, _, { recordedAt }) => undo(view, millisOf(recordedAt)),
    RunPaused: (view, _, { recordedAt }) => view.pauses.push({ from: millisOf(recordedAt), to: undefined }),
    RunResumed: (view, _, { recordedAt }) => goOn(view, millisOf(recordedAt)),
    WaitStarted: (view, { task, signal, dueAt }, { recordedAt }) =>
      waiting(view, task, { for: signal === undefined ? "time" : "signal", signal, dueAt }, recordedAt),
    ApprovalRequested: (view, { task, dueAt }, { recordedAt }) =>
      waiting(view, task, { for: "approval", signal: undefined, dueAt }, recordedAt),
    TasksAdded: (view, { template, count, steps = [] }, { recordedAt }) =>
      added(view, template, { count, steps }, millisOf(recordedAt)),
    TaskScheduled: (view, { task, attempt, claim }, { recordedAt }) => {
      if (claim) begin(view, task, attempt, claim.provider, millisOf(recordedAt));
    },
    TaskStarted: (view, { task, attempt, claim }, { recordedAt }) =>
      begin(view, task, attempt, claim.provider, millisOf(recordedAt)),
    ChildRunStarted: (view, { task, attempt }, { recordedAt }) =>
      begin(view, task, attempt, "workflow", millisOf(recordedAt)),
    TaskLost: (view, { task }, { recordedAt }) =>
      close(view, task, millisOf(recordedAt), { outcome: "lost" }),
    TaskFailed: (view, { task, error: { code }, final, instance }, { recordedAt }) => {
      close(view, task, millisOf(recordedAt), { outcome: "failed", code, ...at(instance) });
      if (final && !isTriedAgain(graph, task)) finish(graph, view, task, millisOf(recordedAt));
    },
    TaskSucceeded: (view, { task, instance }, { recordedAt }) => {
      close(view, task, millisOf(recordedAt), { outcome: "succeeded", ...at(instance) });
      if (canBeUndone(graph, view, task)) view.undoable.push(task);
      finish(graph, view, task, millisOf(recordedAt));
    },
    TaskCancelled: (view, { task }, { recordedAt }) => {
      close(view, task, millisOf(recordedAt), { outcome: "cancelled" });
      finish(graph, view, task, millisOf(recordedAt));
    },
    TaskSkipped: (view, { task }, { recordedAt }) => finish(graph, view, task, millisOf(recordedAt)),
  };
}

/** The run is paused for it, also for an element, and tries it again when it is resumed. */
const isTriedAgain = ({ nodes, indexOf }: Graph, task: TaskId): boolean =>
  nodes[indexOf.get(TaskId.parse(taskOfElement(task))) ?? -1]?.onFailure === "pause";

type Added = { readonly count: number; readonly steps: Steps };

/** Elements wait for nothing but a place, and their turn; a call that people decide on waits for them. */
function added(view: Timeline, template: string, { count, steps }: Added, readyAt: number): void {
  const of = TaskId.safeParse(template);
  const task = of.success ? view.tasks.get(of.data) : undefined;
  if (!task) return;
  const first = view.elements.get(task.id) ?? 0;
  view.elements.set(task.id, first + count);
  patch(view, task.id, { expandedAt: task.expandedAt ?? readyAt });
  const idOf = (n: number): TaskId => TaskId.parse(`${task.id}[${first + n}]`);
  for (let n = 0; n < count; n += 1) {
    const id = idOf(n);
    const element = { id, name: `${task.name}[${first + n}]`, of: task.id, attempts: [] };
    const isAsked = steps[n - 1]?.kind === "approval";
    const asks = steps[n]?.kind === "approval" && { next: idOf(n + 1) };
    view.tasks.set(id, { ...element, ...(!isAsked && { readyAt }), ...asks });
  }
}

function waiting(
  view: Timeline,
  id: TaskId,
  {
    for: what,
    signal,
    dueAt,
  }: {
    readonly for: WaitSpan["for"];
    readonly signal: string | undefined;
    readonly dueAt: Instant | undefined;
  },
  at: Instant,
): void {
  const wait = {
    for: what,
    startedAt: millisOf(at),
    ...(signal !== undefined && { signal }),
    ...(dueAt !== undefined && { dueAt: millisOf(dueAt) }),
  };
  patch(view, id, { wait });
}

function begin(view: Timeline, id: TaskId, attempt: number, provider: string, startedAt: number): void {
  const attempts = view.tasks.get(id)?.attempts ?? [];
  patch(view, id, { attempts: [...attempts, { attempt, startedAt, provider, outcome: "running" }] });
}

const at = (instance: string | undefined): Pick<AttemptSpan, "instance"> =>
  instance === undefined ? {} : { instance };

function close(
  view: Timeline,
  id: TaskId,
  endedAt: number,
  how: Pick<AttemptSpan, "outcome" | "code" | "instance">,
): void {
  const attempts = view.tasks.get(id)?.attempts ?? [];
  const open = attempts.at(-1);
  if (open?.outcome !== "running") return;
  const closed = { ...open, endedAt, ...how };
  patch(view, id, { attempts: [...attempts.slice(0, -1), closed] });
}

/** Whoever waited for this task last is ready now. */
function finish(graph: Graph, view: Timeline, id: TaskId, at: number): void {
  const { wait, next } = view.tasks.get(id) ?? {};
  view.lastEnded = id;
  if (next !== undefined) patch(view, next, { readyAt: at, waitedFor: id });
  patch(view, id, { endedAt: at, ...(wait && { wait: { ...wait, endedAt: at } }) });
  for (const dependent of graph.nodes[graph.indexOf.get(id) ?? -1]?.dependents ?? []) {
    const unmet = (view.unmet[dependent] ?? 0) - 1;
    view.unmet[dependent] = unmet;
    const node = graph.nodes[dependent];
    if (unmet === 0 && node) patch(view, node.id, { readyAt: at, waitedFor: id });
  }
}
