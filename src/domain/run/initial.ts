// The state of a run before its first event.
import type { Revision, TaskId } from "../ids.ts";
import { priorityRank } from "../priority.ts";
import type { Graph, TaskNode } from "../workflow/graph.ts";
import { heap } from "./heap.ts";
import { place, type RunState, type TaskState } from "./state.ts";
import { inbox } from "./wait-state.ts";

export const waiting = (node: TaskNode): TaskState => ({
  status: "waiting",
  unmet: node.dependencies.length,
  doom: undefined,
  attempt: 0,
  failures: 0,
  losses: 0,
  fellBack: 0,
  changedAt: [],
  givenAt: undefined,
  worker: undefined,
  startedAt: undefined,
  dueAt: undefined,
  error: undefined,
  paramsAt: undefined,
  cacheKey: undefined,
  outcomeAt: undefined,
  elements: undefined,
  wait: undefined,
});

export function initial(graph: Graph, reusable: ReadonlyMap<TaskId, Revision> = new Map()): RunState {
  const added: TaskNode[] = [];
  const isBefore = beforeIn((index) => graph.nodes[index] ?? added[index - graph.nodes.length]);
  const state: RunState = {
    graph,
    tasks: graph.nodes.map(waiting),
    added,
    additions: new Map(),
    reusable,
    head: {
      status: "absent",
      revision: -1,
      owner: undefined,
      submittedAt: 0,
      startedAt: undefined,
      endedAt: undefined,
      timeoutMs: graph.timeoutMs,
      deadline: undefined,
      cancelRequested: false,
      expanded: !graph.isBatch,
      unfinished: graph.nodes.length,
      running: 0,
      underWay: 0,
      children: 0,
      failed: 0,
      firstFailed: undefined,
      held: [],
      edited: undefined,
      inputsAt: [],
      compensation: undefined,
    },
    ready: heap(isBefore),
    prompt: heap(isBefore),
    answered: heap((a, b) => a < b),
    inbox: inbox(),
    recorded: new Map(),
    undoable: [],
    undoing: new Map(),
    kin: heap(isBefore),
    due: heap((a, b) => a.at < b.at),
    doomed: heap((a, b) => a < b),
    begun: heap((a, b) => a < b),
    halting: heap((a, b) => a < b),
    journal: undefined,
  };
  if (state.head.expanded) state.tasks.forEach((_, index) => place(state, index));
  return state;
}

/** The more urgent, then the order of the document, in which elements stand where their task stands. */
const beforeIn =
  (node: (index: number) => TaskNode | undefined) =>
  (a: number, b: number): boolean => {
    const [one, other] = [node(a), node(b)];
    const urgency = priorityRank[one?.priority ?? "normal"] - priorityRank[other?.priority ?? "normal"];
    if (urgency !== 0) return urgency > 0;
    const [place, otherPlace] = [one?.element?.of ?? a, other?.element?.of ?? b];
    return place === otherPlace ? a < b : place < otherPlace;
  };
