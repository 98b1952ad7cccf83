// Deliveries as the stream of their endpoint tells them: what is on its way, what is held, and how far all of it is.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventId, heldIn, keyOf, type WebhookEvent } from "../../../src/domain/index.ts";
import { tries } from "../tries.ts";
import { AT, advanced, attempted, begun, created, folded, idOf, parked, RUN_A, RUN_B } from "./endpoints.ts";

const given = (...events: readonly WebhookEvent[]) => folded([created({ from: "4700" }), ...events]);
const dueAt = "2026-11-26T05:00:00.000Z";

describe("a delivery that begins", () => {
  test("is open under its run, with what its body is made of", () => {
    const checkpoint = { size: "4000", root: "qqo=" };
    const { open } = given(begun(7, { previous: 4, checkpoint }));
    expect([...open]).toStrictEqual([
      [
        RUN_A,
        {
          told: { event: idOf(7), stream: RUN_A, revision: 7, position: 4707n },
          recipe: { format: 1, type: "run.failed", payload: "full", previous: 4, checkpoint },
          isAlone: false,
          attempts: 0,
          isHeld: false,
          isOver: false,
        },
      ],
    ]);
  });

  test("keeps no member that it was not given", () => {
    const [one] = given(begun(7)).open.values();
    expect(one?.recipe).toStrictEqual({ format: 1, type: "run.failed", payload: "full" });
    expect(one).not.toHaveProperty("replay");
  });

  test("alone, is open under its event", () => {
    const { open } = given(begun(7, { alone: true }), begun(8, { alone: true }));
    expect([...open.keys()]).toEqual([idOf(7), idOf(8)]);
    expect([...open].every(([key, one]) => one.isAlone && !one.isHeld && keyOf(one) === key)).toBe(true);
  });

  test("of a replay, does not hold the mark back", () => {
    const replay = EventId.parse("0199c2f5-0000-7000-8000-00000000000a");
    const endpoint = given(begun(7, { alone: true, replay }), begun(8, {}, RUN_B));
    expect(endpoint.open.get(idOf(7))).toMatchObject({ replay, isHeld: true });
    expect(heldIn(endpoint)).toBe(1);
  });

  test("in a stream that is held, is held", () => {
    const endpoint = given(begun(7), attempted(7, "failed"), parked(7), begun(8));
    expect(endpoint.open.get(RUN_A)).toMatchObject({ told: { revision: 8 }, isHeld: true, attempts: 0 });
  });
});

describe("an attempt that failed", () => {
  test("holds its stream until the next, which is due when it says", () => {
    const endpoint = given(begun(7), attempted(7, "failed", { attempt: 2, dueAt }));
    expect(endpoint.open.get(RUN_A)).toMatchObject({
      attempts: 2,
      dueAt: Date.parse(dueAt),
      isHeld: true,
      isOver: false,
    });
    expect(endpoint).toMatchObject({
      failures: 1,
      failingSince: Date.parse(AT),
      isTroubled: false,
      delivered: 0,
    });
  });

  test("the first of several tells since when; five in a row are a trouble", () => {
    const later = folded([created(), begun(7), attempted(7, "failed")]);
    const failing = [begun(7), ...[1, 2, 3, 4].map((attempt) => attempted(7, "failed", { attempt }))];
    expect(given(...failing)).toMatchObject({
      failures: 4,
      isTroubled: false,
      failingSince: later.failingSince,
    });
    expect(given(...failing, attempted(7, "failed", { attempt: 5 }))).toMatchObject({
      failures: 5,
      isTroubled: true,
    });
  });

  test("of an event that is not on its way changes nothing that is", () => {
    const endpoint = given(begun(7), attempted(8, "failed", { attempt: 3, dueAt }));
    expect(endpoint.open.get(RUN_A)).toMatchObject({ attempts: 0, isHeld: false });
    expect(given(attempted(8, "failed")).open.size).toBe(0);
  });
});

describe("an attempt that was answered", () => {
  test("ends its delivery, and counts", () => {
    const endpoint = given(begun(7), attempted(7, "failed"), attempted(7, "delivered", { attempt: 2 }));
    expect(endpoint).toMatchObject({
      delivered: 1,
      failures: 0,
      failingSince: undefined,
      lastDeliveredAt: AT,
      parked: 0,
    });
    expect([...endpoint.ahead]).toEqual([[RUN_A, { revision: 7, position: 4707n }]]);
  });

  test("at once, leaves nothing open; behind a failure its stream stays held until it is released", () => {
    expect(given(begun(7), attempted(7, "delivered")).open.size).toBe(0);
    const held = [begun(7), attempted(7, "failed"), attempted(7, "delivered", { attempt: 2 })];
    expect(given(...held).open.get(RUN_A)).toMatchObject({ isOver: true, isHeld: true });
    expect(given(...held, advanced("4710", RUN_B)).open.size).toBe(1);
    expect(given(...held, advanced("4710", RUN_A)).open.size).toBe(0);
  });

  test("alone, it is over and done with even where it was held", () => {
    const alone = { alone: true };
    const endpoint = given(
      begun(7, { alone: true }),
      attempted(7, "failed", alone),
      attempted(7, "delivered", { ...alone, attempt: 2 }),
    );
    expect(endpoint.open.size).toBe(0);
    expect([...endpoint.ahead.keys()]).toEqual([idOf(7)]);
  });

  test("of another event of its stream, leaves what is on its way", () => {
    expect(given(begun(8), attempted(7, "delivered")).open.get(RUN_A)).toMatchObject({ isOver: false });
  });
});

test("a delivery that is given up counts as parked and is a trouble, and what comes behind it is looked for", () => {
  const endpoint = given(begun(7), attempted(7, "failed"), parked(7));
  expect(endpoint).toMatchObject({ parked: 1, isTroubled: true, delivered: 0, failures: 1 });
  expect(endpoint.open.get(RUN_A)).toMatchObject({ isOver: true });
  expect([...endpoint.ahead.values()]).toEqual([{ revision: 7, position: 4707n }]);
});

describe("the mark", () => {
  test("what is over behind it is remembered; at it or before, it is not", () => {
    const delivered = [attempted(7, "delivered"), attempted(9, "delivered", {}, RUN_B)];
    const to = (mark: string) => [...given(...delivered, advanced(mark)).ahead.keys()];
    expect(to("4706")).toEqual([RUN_A, RUN_B]);
    expect(to("4707")).toEqual([RUN_B]);
    expect(to("4709")).toEqual([]);
    expect(given(advanced("4709"), ...delivered).ahead.size).toBe(0);
    expect(given(advanced("4708"), ...delivered).ahead.size).toBe(1);
  });

  test("at the very start, everything is ahead", () => {
    const endpoint = folded([created(), attempted(7, "delivered"), advanced("0", RUN_B)]);
    expect([endpoint.mark, endpoint.ahead.size]).toEqual(["start", 1]);
  });

  test("moves, and what is open stays open", () => {
    const endpoint = given(begun(7), advanced("4800"));
    expect([endpoint.mark, endpoint.open.size]).toEqual([4800n, 1]);
  });
});

test("whatever became of deliveries: none that is over is open, but as the end of a stream that is held", () => {
  const step = fc.record({
    of: fc.constantFrom(RUN_A, RUN_B),
    ends: fc.constantFrom("delivered", "failed", "parked"),
    isAlone: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const events = steps.flatMap(({ of: run, ends, isAlone }, revision): readonly WebhookEvent[] => {
        const alone = isAlone ? ({ alone: true } as const) : {};
        const end = ends === "parked" ? [] : [attempted(revision, ends, alone, run)];
        return [begun(revision, alone, run), ...end];
      });
      const endpoint = given(...events);
      const delivered = steps.filter(({ ends }) => ends === "delivered").length;
      expect(endpoint.delivered).toBe(delivered);
      for (const one of endpoint.open.values()) if (one.isOver) expect(one.isHeld && !one.isAlone).toBe(true);
      for (const [key, one] of endpoint.open) expect(keyOf(one)).toBe(key);
      expect(heldIn(endpoint)).toBe([...endpoint.open.values()].filter(({ isHeld }) => isHeld).length);
    }),
    tries(100),
  );
});
