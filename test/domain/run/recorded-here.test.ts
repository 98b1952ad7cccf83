// A result of this very run may stand for another call of it, as long as it holds.
import { expect, test } from "vitest";
import {
  begin,
  evolve,
  type RunEvent,
  type RunState,
  recordedHere,
  rollback,
} from "../../../src/domain/index.ts";
import { failed, given, NOON, retryAt, scheduled, succeeded } from "./given.ts";
import { graphOf } from "./graph-of.ts";

const graph = graphOf({ a: {}, b: {} });
const keyed = (id: string, cacheKey: string, attempt = 1): RunEvent => {
  const { type, data } = scheduled(id, attempt);
  return { type, data: { ...data, cacheKey } };
};
const then = (state: RunState, event: RunEvent, at: number) =>
  evolve(state, event, { revision: state.head.revision + 1, at });

test("it is found by its key once the task has succeeded, with where and since when it is", () => {
  const { state } = given(graph, keyed("a", "k"));
  expect(recordedHere(state, "k")).toBeUndefined();
  then(state, succeeded("a"), NOON + 7);
  expect(recordedHere(state, "k")).toEqual({ revision: 3, at: NOON + 7 });
  expect(recordedHere(state, "other")).toBeUndefined();
});

test("the latest of two is meant", () => {
  const { state } = given(graph, keyed("a", "k"), keyed("b", "k"), succeeded("b"));
  then(state, succeeded("a"), NOON + 9);
  expect(recordedHere(state, "k")).toEqual({ revision: 5, at: NOON + 9 });
});

test("none is left of a failure, or of a call without a key", () => {
  const { state } = given(graph, keyed("a", "k"), failed("a"), scheduled("b"), succeeded("b"));
  expect(recordedHere(state, "k")).toBeUndefined();
  expect(state.recorded.size).toBe(0);
});

test("a retry keeps the key of the params that it repeats", () => {
  const log = [keyed("a", "k"), failed("a", 1, false), retryAt("a", 2, NOON)];
  const { type, data } = scheduled("a", 2);
  const { values: _, ...rest } = data;
  const again: RunEvent = { type, data: { ...rest, paramsFrom: 2 } };
  expect(recordedHere(given(graph, ...log, again, succeeded("a", 2)).state, "k")).toMatchObject({
    revision: 6,
  });
});

test("what a step brought is gone when the step is taken back", () => {
  const { state } = given(graph, keyed("a", "k"));
  begin(state);
  then(state, succeeded("a"), NOON);
  rollback(state);
  expect(recordedHere(state, "k")).toBeUndefined();
});
