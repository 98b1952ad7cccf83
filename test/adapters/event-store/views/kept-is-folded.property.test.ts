// What is kept is what folding the whole log gives, wherever it was set down and taken up again.
import fc from "fast-check";
import { expect, test } from "vitest";
import { keptReadModels, memoryStore } from "../../../../src/adapters/event-store/index.ts";
import { instantOf, RUN_STATUSES } from "../../../../src/domain/index.ts";
import type { ReadModels, RunQuery } from "../../../../src/engine/ports/index.ts";
import {
  activeRunCodec,
  activeRuns,
  type CauseQuery,
  countsByStatus,
  dueTimers,
  FAILURE_TRAITS,
  type Failure,
  failures,
  runActivities,
  runList,
  runListPage,
} from "../../../../src/projections/index.ts";
import { NOON } from "../../../domain/run/given.ts";
import { causesOf, failuresOf, fitting } from "../../../projections/asked-of-views.ts";
import { folded } from "../../../projections/folded.ts";
import { logs, runNumber, submission } from "../../../projections/histories.ts";
import { append } from "./logs.ts";

const told: string[] = [];
const inMemory = (events: Parameters<typeof append>[0]) =>
  keptReadModels({ events, path: undefined, random: Math.random, tell: (message) => told.push(message) });

const statuses = RUN_STATUSES.filter((status) => status !== "absent");
const codes = ["TASK_TIMEOUT", "TASK_EXECUTION_FAILED", "WORKFLOW_EXECUTION_FAILED"] as const;
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
/** Without the members that are undefined. */
const given = <T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  JSON.parse(JSON.stringify(record));

const queries: fc.Arbitrary<RunQuery> = fc
  .record({
    statuses: maybe(fc.subarray(statuses, { minLength: 1 })),
    workflow: maybe(fc.constantFrom(submission.workflow.id, submission.workflow.name, "another")),
    tag: maybe(fc.constantFrom("nightly", "none")),
    error: maybe(fc.constantFrom(...codes)),
    task: maybe(fc.constantFrom("t0", "t1", "t9")),
    retrying: maybe(fc.boolean()),
    stuckSince: maybe(fc.integer({ min: NOON, max: NOON + 20_000 })),
    unrepeated: maybe(fc.boolean()),
    limit: fc.integer({ min: 1, max: 3 }),
  })
  .chain((query) =>
    maybe(fc.bigInt(1n, 60n)).map((before) => ({
      ...given(query),
      ...(before !== undefined && { before }),
    })),
  );

const causeQueries: fc.Arbitrary<CauseQuery> = fc
  .record({
    by: fc.constantFrom(...FAILURE_TRAITS),
    since: maybe(fc.integer({ min: NOON, max: NOON + 20_000 }).map(instantOf)),
    limit: fc.integer({ min: 1, max: 5 }),
  })
  .map(given);

async function allFailures(models: ReadModels, limit: number): Promise<readonly Failure[]> {
  const found: Failure[] = [];
  for (let page = await models.failures("main", { limit }); ; ) {
    found.push(...page.failures);
    if (page.next === undefined) return found;
    page = await models.failures("main", { limit, before: page.next });
  }
}

/** The second run repeats the first. */
const repeating: typeof logs = logs.map((log) =>
  log.map((recorded) => {
    const { event, run } = recorded;
    if (event.type !== "RunSubmitted" || run !== runNumber(2)) return recorded;
    const data = { ...event.data, tags: ["nightly"], forkedFrom: { run: runNumber(1), revision: 0 } };
    return { ...recorded, event: { ...event, data } };
  }),
);

test("kept is folded", async () => {
  await fc.assert(
    fc.asyncProperty(
      repeating,
      fc.array(fc.boolean()),
      fc.array(queries, { minLength: 4, maxLength: 8 }),
      fc.array(causeQueries, { maxLength: 4 }),
      async (log, looks, asked, causes) => {
        const { events } = memoryStore();
        const models = inMemory(events);
        for (const [i, recorded] of log.entries()) {
          await append(events, recorded);
          if (looks[i]) await models.counts("main");
        }
        const list = await folded(events, runList);
        const active = await folded(events, activeRuns);
        const activities = await folded(events, runActivities);
        expect(await models.counts("main")).toEqual(countsByStatus(list));
        for (const query of asked) {
          expect(await models.runs("main", query)).toEqual(
            runListPage(fitting(list, activities, query), query),
          );
        }
        expect((await models.active("main", 100)).map(activeRunCodec.text).toSorted()).toEqual(
          [...active.runs.values()].map(activeRunCodec.text).toSorted(),
        );
        expect((await models.due("main", 100)).map(({ at }) => at)).toEqual(
          dueTimers(active).map(({ at }) => at),
        );
        const failed = await folded(events, failures);
        const ids = (all: readonly Failure[]) =>
          all.map(({ run, revision }) => `${run} ${revision}`).toSorted();
        expect(ids(await allFailures(models, 2))).toEqual(ids(failuresOf(failed)));
        for (const query of causes) {
          // Of several in one millisecond any is the latest.
          const answer = ({ causes: found, total }: ReturnType<typeof causesOf>) => ({
            total,
            causes: found.map(({ latest, ...cause }) => ({ ...cause, at: latest.at })),
          });
          expect(answer(await models.causes("main", query))).toEqual(answer(causesOf(failed, query)));
        }
        const [states, rebuilt] = [await models.states(), await models.rebuild()];
        expect(
          rebuilt.map(({ hash, before, difference }) => ({ hash, before: before.hash, difference })),
        ).toEqual(states.map(({ hash }) => ({ hash, before: hash, difference: undefined })));
        await models.close();
      },
    ),
    { numRuns: 60 },
  );
  expect(told).toEqual([]);
});
