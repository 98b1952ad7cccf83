// Wherever a run is cut: what was kept there and the rest of its events give the state that all its events give.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  evolve,
  FOLD_VERSION,
  initial,
  isRunSnapshot,
  nextAction,
  nextDue,
  type RunState,
  snapshotOf,
  stateFrom,
} from "../../../src/domain/index.ts";
import { tries } from "../tries.ts";
import { consistent } from "./consistent.ts";
import { NOON } from "./given.ts";
import { graphOf } from "./graph-of.ts";
import { graphs } from "./random-graphs.ts";
import { facts, moves, nothing, play } from "./story.ts";

/** As it comes back from where it was kept. */
function kept(state: RunState): RunState {
  const snapshot = snapshotOf(state);
  if (!snapshot && state.head.compensation) return state;
  const read: unknown = JSON.parse(JSON.stringify(snapshot));
  if (!isRunSnapshot(read)) throw new Error("no snapshot");
  const back = stateFrom(read, state.graph, state.reusable);
  if (!back) throw new Error("it does not fit");
  return back;
}

/** What is owed, with room for one and for none, at any time. */
const owed = (state: RunState) =>
  [0, 10 ** 4, 10 ** 9].flatMap((later) =>
    [0, 1].map((slots) => nextAction(state, { slots, now: NOON + later })),
  );

test("from whatever cut on, state, what is owed and what comes due are the same", () => {
  fc.assert(
    fc.property(graphs, moves, fc.nat(), (graph, plan, cut) => {
      const { log, times } = play(graph, plan, nothing);
      const whole = initial(graph);
      let resumed = initial(graph);
      for (const [revision, event] of log.entries()) {
        if (revision === cut % log.length) resumed = kept(resumed);
        const at = times[revision] ?? 0;
        evolve(whole, event, { revision, at });
        evolve(resumed, event, { revision, at });
      }
      const again = kept(whole);
      for (const state of [resumed, again]) {
        expect(facts(state)).toEqual(facts(whole));
        expect([...state.additions]).toEqual([...whole.additions].filter(([, added]) => added.length > 0));
        expect(state.undoable).toEqual(whole.undoable);
        expect([...state.recorded]).toEqual([...whole.recorded]);
        expect(state.inbox.kept()).toEqual(whole.inbox.kept());
        consistent(state);
        expect(nextDue(state)).toBe(nextDue(whole));
      }
      expect(owed(again)).toEqual(owed(initialFrom(log, times, graph)));
    }),
    tries(300),
  );
});

function initialFrom(
  log: ReturnType<typeof play>["log"],
  times: readonly number[],
  graph: RunState["graph"],
): RunState {
  const state = initial(graph);
  for (const [revision, event] of log.entries()) evolve(state, event, { revision, at: times[revision] ?? 0 });
  return state;
}

test("one of another fold, or of another graph, is not taken", () => {
  const state = initial(graphOf({ a: {}, b: {} }));
  const snapshot = snapshotOf(state);
  if (!snapshot) throw new Error("no snapshot");
  expect(stateFrom(snapshot, graphOf({ a: {} }))).toBeUndefined();
  expect(isRunSnapshot({ ...snapshot, fold: FOLD_VERSION + 1 })).toBe(false);
  expect(isRunSnapshot({ ...snapshot, tasks: {} })).toBe(false);
});
