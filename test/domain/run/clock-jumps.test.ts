import { describe, expect, test } from "vitest";
import { nextAction, nextDue } from "../../../src/domain/index.ts";
import { failed, given, NOON, retryAt, scheduled } from "./given.ts";
import { graphOf } from "./graph-of.ts";

describe("a retry that was due before the wall clock went back", () => {
  const { state } = given(
    graphOf({ a: {}, b: {} }),
    scheduled("a"),
    failed("a", 1, false),
    retryAt("a", 2, NOON + 1000),
    scheduled("b"),
  );

  test("waits for its instant again, and is not forgotten", () => {
    expect(nextAction(state, { slots: 0, now: NOON + 2000 })).toBeUndefined();
    expect(nextAction(state, { slots: 1, now: NOON })).toBeUndefined();
    expect(nextDue(state)).toBe(NOON + 1000);
    expect(nextAction(state, { slots: 1, now: NOON + 1000 })).toMatchObject({ type: "retryTask", task: "a" });
  });
});
