// A run as it stood after any of its events is what a log that ends there tells, and what the engine knew then.
import fc from "fast-check";
import { expect, test } from "vitest";
import { indexOf, type RunId, runStream, taskAt } from "../../src/domain/index.ts";
import { foldRun } from "../../src/engine/log/history.ts";
import type { Store } from "../../src/engine/ports/index.ts";
import { runDocument } from "../../src/engine/reading/run-document.ts";
import { historyOf } from "../../src/engine/reading/run-history.ts";
import { reportOf } from "../../src/engine/reading/run-report.ts";
import { randomRuns, recordedRun } from "./random-runs.ts";
import { reading } from "./reading.ts";
import { type Rig, TENANT } from "./rig.ts";

/** The same log, as it would be if nothing had come after that event. */
function cutAfter(store: Store, run: RunId, last: number): Store {
  const { events } = store;
  const stream = runStream(run, TENANT);
  const isKept = (one: { readonly stream: string; readonly revision: number }): boolean =>
    one.stream !== stream || one.revision <= last;
  return {
    ...store,
    events: {
      ...events,
      read: async (name, from, limit) => (await events.read(name, from, limit)).filter(isKept),
      readMany: async (name, revisions) => (await events.readMany(name, revisions)).filter(isKept),
    },
  };
}

async function documentAt(r: Rig, run: RunId, store: Store, until?: number) {
  const from = reading(r, store);
  const history = await historyOf(from, run, until);
  return { history, document: runDocument(await reportOf(from, history)) };
}

test(
  "show --at N is the fold of the first N events, whatever the run and whichever N",
  () =>
    fc.assert(
      fc.asyncProperty(randomRuns, async (spec) => {
        const { r, run } = await recordedRun(spec);
        const length = (await r.log(run)).length;
        for (let n = 0; n < length; n += 1) {
          const whole = await documentAt(r, run, r.store, n);
          const cut = await documentAt(r, run, cutAfter(r.store, run, n));
          expect(whole.document).toEqual(cut.document);
          const { graph, detail } = whole.history;
          const state = await foldRun(r.store.events, run, TENANT, graph, { until: n });
          expect(detail.status).toBe(state.head.status);
          for (const { id, status } of detail.tasks.values()) {
            if (status !== "succeeded" && status !== "skipped") continue;
            expect([id, taskAt(state, indexOf(state, id) ?? -1).status]).toEqual([id, status]);
          }
        }
        await r.engine.close();
      }),
      { numRuns: 8 },
    ),
  300_000,
);
