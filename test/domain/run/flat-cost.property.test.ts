// What an event costs is counted in tasks touched, never in time: its own task and those that wait for it.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  begin,
  commit,
  evolve,
  initial,
  nextAction,
  nodeAt,
  type RunEvent,
  type RunState,
} from "../../../src/domain/index.ts";
import type { Graph } from "../../../src/domain/workflow/graph.ts";
import { NOON, scheduled, started, submitted, succeeded } from "./given.ts";
import { graphOf, type TaskSpec } from "./graph-of.ts";

const shapes: Readonly<Record<string, (n: number) => Graph>> = {
  chain: (n) => graphOf(specOf(n, (i) => (i === 0 ? [] : [`t${i - 1}`]))),
  parallel: (n) => graphOf(specOf(n, () => [])),
  "fan-out": (n) => graphOf(specOf(n, (i) => (i === 0 ? [] : ["t0"]))),
};

function specOf(n: number, after: (i: number) => readonly string[]): Record<string, TaskSpec> {
  return Object.fromEntries(Array.from({ length: n }, (_, i) => [`t${i}`, { after: after(i) }]));
}

function touched(state: RunState, event: RunEvent, revision: number): number {
  begin(state);
  evolve(state, event, { revision, at: NOON });
  const count = state.journal?.tasks.size ?? 0;
  commit(state);
  return count;
}

test.each(Object.keys(shapes))(
  "an event of a %s touches its task and the tasks that wait for it",
  (shape) => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), (n) => {
        const graph = shapes[shape]?.(n);
        if (!graph) throw new Error(`no shape ${shape}`);
        const state = initial(graph);
        let revision = 0;
        expect(touched(state, submitted, revision++)).toBe(0);
        expect(touched(state, started, revision++)).toBe(0);
        for (;;) {
          const action = nextAction(state, { slots: 1, now: NOON });
          if (action?.type !== "scheduleTask") break;
          const { dependents } = nodeAt(state, action.index);
          expect(touched(state, scheduled(action.task), revision++)).toBe(1);
          expect(touched(state, succeeded(action.task), revision++)).toBe(1 + dependents.length);
        }
        expect(state.head.unfinished).toBe(0);
      }),
      { numRuns: 10 },
    );
  },
);
