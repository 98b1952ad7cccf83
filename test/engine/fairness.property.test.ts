// Who gets the next slot, over tenants and priorities, with a hand-driven clock: waits are bounded, whatever the others do.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Priority } from "../../src/domain/index.ts";
import { AGEING_MS } from "../../src/engine/slots/fair-order.ts";
import { TURN_MS } from "../../src/engine/slots/slots.ts";
import { type Submitted, served } from "./fairness-model.ts";

const priorities = Priority.options;
const LONGEST = 400;
const flood = (count: number, priority: Priority, millis: number): readonly Submitted[] =>
  Array.from({ length: count }, () => ({
    at: 0,
    tenant: "many",
    want: { priority },
    tasks: [millis, millis, millis],
  }));

describe("one tenant submits 1,000 runs at once", () => {
  const world = fc.record({
    total: fc.integer({ min: 1, max: 8 }),
    millis: fc.integer({ min: 1, max: LONGEST }),
    at: fc.integer({ min: 0, max: 5_000 }),
    tasks: fc.array(fc.integer({ min: 1, max: LONGEST }), { minLength: 1, maxLength: 6 }),
    theirs: fc.constantFrom(...priorities),
    own: fc.constantFrom(...priorities),
  });

  test("another's run of the same priority waits for two turns at most, each time", () => {
    fc.assert(
      fc.property(world, ({ total, millis, at, tasks, own }) => {
        const other: Submitted = { at, tenant: "few", want: { priority: own }, tasks };
        const waits = served(total, [...flood(1_000, own, millis), other], 1_000).filter(
          ({ index }) => index === 1_000,
        );
        expect(waits).toHaveLength(tasks.length);
        for (const { waited } of waits) expect(waited).toBeLessThanOrEqual(2 * (millis + TURN_MS));
      }),
      { numRuns: 40 },
    );
  });

  test("and of whatever priority, for the steps in age that lie between and no longer", () => {
    fc.assert(
      fc.property(world, ({ total, millis, at, tasks, theirs, own }) => {
        const other: Submitted = { at, tenant: "few", want: { priority: own }, tasks };
        const all = served(total, [...flood(1_000, theirs, millis), other], 1_000);
        const between = Math.max(0, priorities.indexOf(theirs) - priorities.indexOf(own));
        const most = (between === 0 ? 0 : between + 1) * AGEING_MS + 2 * (millis + TURN_MS);
        for (const { index, waited } of all) if (index === 1_000) expect(waited).toBeLessThanOrEqual(most);
      }),
      { numRuns: 40 },
    );
  });
});

test.each([14, 17, 49])(
  "who is offered a slot has it: tasks of %i ms that fit into turns take none of it away",
  (millis) => {
    for (const total of [1, 2, 3, 4]) {
      const other: Submitted = { at: 0, tenant: "few", want: { priority: "high" }, tasks: [1] };
      const all = served(total, [...flood(1_000, "urgent", millis), other], 1_000);
      const waited = all.find(({ index }) => index === 1_000)?.waited ?? Number.NaN;
      expect(waited).toBeLessThanOrEqual(AGEING_MS + 2 * (millis + TURN_MS));
    }
  },
);

test.each([1, 2])(
  "what is not urgent comes all the same, at %i times the load that there is room for",
  (load) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 50, max: 400 }), (total, millis) => {
        const often = Math.ceil(millis / total / load);
        const urgent = Array.from(
          { length: Math.ceil((5 * AGEING_MS) / often) },
          (_, i): Submitted => ({
            at: i * often,
            tenant: "main",
            want: { priority: "urgent" },
            tasks: [millis],
          }),
        );
        const low: Submitted = { at: 2_000, tenant: "main", want: { priority: "low" }, tasks: [millis] };
        const [{ waited } = { waited: Number.NaN }] = served(total, [low, ...urgent], 0).filter(
          ({ index }) => index === 0,
        );
        expect(waited).toBeLessThanOrEqual(load * 4 * AGEING_MS + 2 * (millis + TURN_MS));
        if (load > 1) expect(waited).toBeGreaterThan(AGEING_MS);
      }),
      { numRuns: 15 },
    );
  },
);

test("every task of every run is started once, whatever is submitted when", () => {
  const run = fc.record({
    at: fc.nat(2_000),
    tenant: fc.constantFrom("a", "b", "c"),
    want: fc.record(
      { priority: fc.constantFrom(...priorities), deadline: fc.nat(5_000) },
      { requiredKeys: ["priority"] },
    ),
    tasks: fc.array(fc.nat(300), { maxLength: 8 }),
    isWide: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(run, { maxLength: 40 }), (total, runs) => {
      const all = served(total, runs);
      const started = runs.map((_, i) => all.filter(({ index }) => index === i).length);
      expect(started).toEqual(runs.map(({ tasks }) => tasks.length));
    }),
  );
});
