// Every order in which completions, a failure, a cancellation and a loss can meet in a small run, with the work owed in
// between done at once, piece by piece, or late: no order leads to an end that is not allowed.
import { describe, expect, test } from "vitest";
import {
  decide,
  evolve,
  initial,
  isFinal,
  nodeAt,
  type RunCommand,
  type RunEvent,
  type RunState,
  taskAt,
} from "../../../src/domain/index.ts";
import type { Graph } from "../../../src/domain/workflow/graph.ts";
import { complete, fail, lose } from "./commands.ts";
import { NOON, started, submitted } from "./given.ts";
import { graphOf } from "./graph-of.ts";
import { owed } from "./owed.ts";
import { facts } from "./story.ts";

const MOVES = {
  "a done": complete("a"),
  "b done": complete("b"),
  "c broken": fail("c", 1, "TASK_EXECUTION_FAILED"),
  "d done": complete("d"),
  "a lost": lose("a"),
  "a done again": complete("a", 2),
  cancelled: { type: "CancelRun" },
  paused: { type: "PauseRun" },
  resumed: { type: "ResumeRun" },
  "a undone": complete("compensate:a"),
  "d not undone": fail("compensate:d", 1, "TASK_EXECUTION_FAILED"),
} as const satisfies Readonly<Record<string, RunCommand>>;
type Move = keyof typeof MOVES;

const MEETINGS: readonly (readonly Move[])[] = [
  ["a done", "b done", "c broken", "d done", "cancelled", "paused"],
  ["a done", "c broken", "a lost", "a done again", "cancelled"],
  ["a done", "d done", "c broken", "cancelled", "a undone", "d not undone"],
  ["a done", "d done", "paused", "resumed", "cancelled"],
];

/** How much of the work that is owed is done after each move. */
const PACES = { "at once": Infinity, "piece by piece": 1, late: 0 } as const;

const spec = {
  a: { compensate: true },
  b: { after: ["a"], compensate: true },
  c: {},
  d: { compensate: true },
};

function orders<T>(list: readonly T[]): readonly (readonly T[])[] {
  if (list.length < 2) return [list];
  return list.flatMap((one, i) => orders(list.toSpliced(i, 1)).map((rest) => [one, ...rest]));
}

type Lived = {
  readonly log: readonly RunEvent[];
  readonly states: readonly string[];
  readonly state: RunState;
};

function live(graph: Graph, moves: readonly Move[], pace: number): Lived {
  const state = initial(graph);
  const log: RunEvent[] = [];
  const states: string[] = [];
  const record = (event: RunEvent): void => {
    evolve(state, event, { revision: log.length, at: NOON });
    log.push(event);
    states.push(JSON.stringify(facts(state)));
  };
  const ask = (command: RunCommand): boolean => {
    const decision = decide(command, state, NOON);
    if (decision.kind === "accepted") decision.events.forEach(record);
    return decision.kind === "accepted";
  };
  const work = (most: number): boolean => {
    let done = 0;
    for (let next = owed(state, NOON); next && done < most; next = owed(state, NOON)) {
      if (!ask(next)) throw new Error(`owed, but refused: ${next.type}`);
      done += 1;
    }
    return done > 0;
  };
  [submitted, started].forEach(record);
  work(pace === 0 ? Infinity : pace);
  for (const move of moves) {
    ask(MOVES[move]);
    work(pace);
  }
  for (let i = 0; !isFinal(state.head.status); i += 1) {
    if (i === 100) throw new Error("stuck");
    if (!work(Infinity)) ask(goingOn(state));
  }
  return { log, states, state };
}

/** Whatever else happens, in the end everybody answers. */
function goingOn(state: RunState): RunCommand {
  const running = state.tasks.findIndex(({ status }) => status === "running");
  if (running < 0) return { type: "ResumeRun" };
  const { id } = nodeAt(state, running);
  const { attempt } = taskAt(state, running);
  return { type: "CompleteTask", task: id, attempt, result: 1, served: {} };
}

const isUndoing = (id: string): boolean => id.startsWith("compensate:");
const endsOf = (log: readonly RunEvent[], type: RunEvent["type"]): readonly string[] =>
  log.flatMap((event) => (event.type === type && "task" in event.data ? [event.data.task ?? ""] : []));

/** What is not as it may be, in words. */
function faults({ log, state }: Lived): readonly string[] {
  const { status } = state.head;
  const found: string[] = [];
  const must = (holds: boolean, what: string): void => void (holds || found.push(what));
  const at = log.findIndex(({ type }) => type === "RunCompensating");
  const [before, after] = at < 0 ? [log, []] : [log.slice(0, at), log.slice(at + 1)];
  const done = endsOf(before, "TaskSucceeded").filter((id) => id !== "c");
  const tasks = after.flatMap(({ data }) => ("task" in data ? [data.task ?? ""] : []));
  const undone = endsOf(after, "TaskScheduled").map((id) => id.replace("compensate:", ""));
  const last = log.at(-1)?.type;
  must(log.filter(({ type }) => type === last).length === 1, "it ends twice");
  must(new Set(done).size === done.length, "a task is done twice");
  must(status === "succeeded" || at >= 0 === done.length > 0, "it is undone, or not, against the rule");
  must(status !== "succeeded" || at < 0, "what went well is undone");
  must(status === "succeeded" || undone.join() === done.toReversed().join(), "it is undone in another order");
  must(
    after.every(({ type }) => type !== "RunCancelRequested" && type !== "RunPaused"),
    "it is stopped while it undoes",
  );
  must(tasks.slice(0, -1).every(isUndoing), "something else happens while it undoes");
  const isCancelled = before.some(({ type }) => type === "RunCancelRequested");
  const hasFailed = endsOf(before, "TaskFailed").length > 0;
  must(status !== "succeeded" || !(isCancelled || hasFailed), "a failure is a success");
  must(!isCancelled || status === "cancelled", "a cancelled run does not end as cancelled");
  must(isCancelled || !hasFailed || status === "failed", "a run that failed does not end as failed");
  must(state.head.underWay === 0 && state.head.running === 0, "something is still under way");
  return found;
}

describe.each([false, true])("with fail_fast: %s", (failFast) => {
  const graph = graphOf(spec, { failFast });
  test.each(MEETINGS.map((moves) => [moves.join(", "), moves] as const))(
    "%s: in every order the end is one that may be, and the log tells how it stood at any time",
    (_, moves) => {
      const ends = new Set<string>();
      for (const order of orders(moves)) {
        for (const [pace, most] of Object.entries(PACES)) {
          const lived = live(graph, order, most);
          const story = `${order.join(", ")}; work ${pace}`;
          expect(faults(lived), story).toEqual([]);
          ends.add(`${lived.state.head.status} ${endsOf(lived.log, "TaskSucceeded").join()}`);
          const again = initial(graph);
          for (const [revision, event] of lived.log.entries()) {
            evolve(again, event, { revision, at: NOON });
            if (JSON.stringify(facts(again)) !== lived.states[revision]) expect.fail(`${story}: ${revision}`);
          }
        }
      }
      expect(ends.size).toBeGreaterThan(1); // or the orders would not matter
    },
  );
});
