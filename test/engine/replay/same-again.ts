// What holds of every recorded run, however it went: decided again it goes the same way; against a document in which one
// call is otherwise, that call is named, and it alone.
import fc from "fast-check";
import { expect } from "vitest";
import { isObject, type JsonObject, readDefinition } from "../../../src/domain/index.ts";
import { documentOf, type RandomRun, randomRuns, recordedRun, workflows } from "../random-runs.ts";
import { instead } from "./instead.ts";
import { replayed } from "./replaying.ts";

export const goesTheSameWay = (numRuns: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(randomRuns, async (spec) => {
      const { r, run } = await recordedRun(spec);
      const found = await replayed(r.store, run);
      expect(found.divergences, JSON.stringify(await r.types(run))).toEqual([]);
      expect(found.unknown).toEqual([]);
      await r.engine.close();
    }),
    { numRuns },
  );

/** The first task of a call, called with something more. */
function changed(spec: RandomRun): { readonly document: JsonObject; readonly task: string } | undefined {
  const document: JsonObject = JSON.parse(JSON.stringify(documentOf(spec)));
  const tasks = Array.isArray(document.tasks) ? document.tasks : [];
  const place = spec.tasks.findIndex(({ kind }) => kind === "call");
  const one: unknown = tasks[place];
  if (!isObject(one) || !isObject(one.params)) return undefined;
  const other = { ...one, params: { ...one.params, changed: true } };
  return {
    document: { ...document, tasks: tasks.map((task, i) => (i === place ? other : task)) },
    task: `t${place}`,
  };
}

export const namesTheChange = (numRuns: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(randomRuns, async (spec) => {
      const change = changed(spec);
      fc.pre(change !== undefined);
      if (!change) return;
      const { r, run } = await recordedRun(spec);
      const wasCalled = (await r.log(run)).some(
        ({ event }) =>
          event.type === "TaskScheduled" &&
          event.data.task === change.task &&
          event.data.paramsFrom === undefined,
      );
      const against = instead(r.store, readDefinition(change.document), workflows);
      const { divergences } = await replayed(r.store, run, { against });
      expect(
        new Set(divergences.map(({ task, kind, path }) => `${task ?? ""} ${kind} ${path ?? ""}`)),
      ).toEqual(new Set(wasCalled ? [`${change.task} params changed`] : []));
      await r.engine.close();
    }),
    { numRuns },
  );
