// What is kept is what folding the whole log gives, wherever it was set down and taken up again.
import fc from "fast-check";
import { expect, test } from "vitest";
import { keptReadModels, memoryStore } from "../../../../src/adapters/event-store/index.ts";
import { RUN_STATUSES } from "../../../../src/domain/index.ts";
import { folded } from "../../../../src/engine/index.ts";
import {
  activeRunCodec,
  activeRuns,
  countsByStatus,
  dueTimers,
  type RunListQuery,
  runList,
  runListPage,
} from "../../../../src/projections/index.ts";
import { logs, submission } from "../../../projections/histories.ts";
import { append } from "./logs.ts";

const told: string[] = [];
const inMemory = (events: Parameters<typeof append>[0]) =>
  keptReadModels({ events, path: undefined, random: Math.random, tell: (message) => told.push(message) });

const queries: fc.Arbitrary<RunListQuery> = fc
  .record({
    statuses: fc.option(
      fc.subarray(
        RUN_STATUSES.filter((status) => status !== "absent"),
        { minLength: 1 },
      ),
    ),
    workflow: fc.option(fc.constantFrom(submission.workflow.id, submission.workflow.name, "another")),
    before: fc.option(fc.bigInt(1n, 60n)),
    limit: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ statuses, workflow, before, limit }) => ({
    limit,
    ...(statuses && { statuses }),
    ...(workflow !== null && { workflow }),
    ...(before !== null && { before }),
  }));

test("kept is folded", async () => {
  await fc.assert(
    fc.asyncProperty(
      logs,
      fc.array(fc.boolean()),
      fc.array(queries, { maxLength: 4 }),
      async (log, looks, asked) => {
        const store = memoryStore();
        const { events } = store;
        const models = inMemory(events);
        for (const [i, recorded] of log.entries()) {
          await append(events, recorded);
          if (looks[i]) await models.counts("main");
        }
        const list = await folded({ store }, runList);
        const active = await folded({ store }, activeRuns);
        expect(await models.counts("main")).toEqual(countsByStatus(list));
        for (const query of asked) {
          expect(await models.runs("main", query)).toEqual(runListPage(list, query));
        }
        expect((await models.active("main", 100)).map(activeRunCodec.text).toSorted()).toEqual(
          [...active.runs.values()].map(activeRunCodec.text).toSorted(),
        );
        expect((await models.due("main", 100)).map(({ at }) => at)).toEqual(
          dueTimers(active).map(({ at }) => at),
        );
        const [states, rebuilt] = [await models.states(), await models.rebuild()];
        expect(
          rebuilt.map(({ hash, before, difference }) => ({ hash, before: before.hash, difference })),
        ).toEqual(states.map(({ hash }) => ({ hash, before: hash, difference: undefined })));
        await models.close();
      },
    ),
    { numRuns: 40 },
  );
  expect(told).toEqual([]);
});
