// What holds for every projection: any prefix twice is once, and one go is the same as two.
import fc from "fast-check";
import { from, lastValueFrom, toArray } from "rxjs";
import { describe, expect, test } from "vitest";
import type { RecordedRunEvent } from "../../src/domain/index.ts";
import {
  activeRuns,
  type Folded,
  failures,
  type Projection,
  projected,
  runActivities,
  runDetail,
  runList,
  timeline,
} from "../../src/projections/index.ts";
import { histories, logs } from "./histories.ts";

type Case = {
  readonly log: readonly RecordedRunEvent[];
  readonly view: Pick<Projection<Folded>, "types"> & {
    readonly run: (log: readonly RecordedRunEvent[]) => Folded;
  };
};

const runnable = <V extends Folded>({ types, fold, empty }: Projection<V>): Case["view"] => ({
  types,
  run: (log) => log.reduce(fold, empty()),
});

const cases: Readonly<Record<string, fc.Arbitrary<Case>>> = {
  "run list": logs.map((log) => ({ log, view: runnable(runList) })),
  "active runs": logs.map((log) => ({ log, view: runnable(activeRuns) })),
  failures: logs.map((log) => ({ log, view: runnable(failures) })),
  "run activity": logs.map((log) => ({ log, view: runnable(runActivities) })),
  "run detail": histories.map(({ log, graph }) => ({ log, view: runnable(runDetail(graph.nodes)) })),
  timeline: histories.map(({ log, graph }) => ({ log, view: runnable(timeline(graph)) })),
};

describe.each(Object.entries(cases))("%s", (_, arbitrary) => {
  test("any prefix twice is once", () => {
    fc.assert(
      fc.property(arbitrary, fc.nat(), ({ log, view }, n) => {
        const prefix = log.slice(0, n % (log.length + 1));
        expect(view.run([...prefix, ...log])).toEqual(view.run(log));
        expect(view.run(log.flatMap((event) => [event, event]))).toEqual(view.run(log));
      }),
    );
  });

  test("events of other types change nothing but the position", () => {
    fc.assert(
      fc.property(arbitrary, ({ log, view }) => {
        const needed = log.filter(({ event }) => view.types.has(event.type));
        const position = log.at(-1)?.position;
        expect({ ...view.run(needed), position }).toEqual({ ...view.run(log), position });
      }),
    );
  });
});

test("folding in one go is folding in two parts, and a second subscription starts anew", async () => {
  await fc.assert(
    fc.asyncProperty(logs, fc.nat(), async (log, n) => {
      const [first, second] = [log.slice(0, n % log.length), log.slice(n % log.length)];
      const half = first.reduce(runList.fold, runList.empty());
      const whole = second.reduce(runList.fold, half);
      const carried = projected(runList)(from(log));
      const views = await lastValueFrom(carried.pipe(toArray()));
      expect(views).toHaveLength(log.length);
      expect(views.at(-1)).toEqual(whole);
      expect(await lastValueFrom(carried)).toEqual(whole);
    }),
  );
});
