import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "../../../src/adapters/host/index.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const DAY = 86_400_000;

function called(delay: number) {
  const calls: number[] = [];
  const cancel = systemClock().after(delay, () => calls.push(Date.now()));
  return { calls, cancel };
}

test("calls back once, when the time has passed", () => {
  const { calls } = called(1000);
  vi.advanceTimersByTime(999);
  expect(calls).toEqual([]);
  vi.advanceTimersByTime(5000);
  expect(calls).toHaveLength(1);
});

test("what is cancelled does not come, nor does anything stay behind", () => {
  const { calls, cancel } = called(1000);
  cancel();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(5000);
  expect(calls).toEqual([]);
});

test("a delay longer than a timer can count does not come early, and can be cancelled on the way", () => {
  const { calls, cancel } = called(60 * DAY);
  vi.advanceTimersByTime(60 * DAY - 1);
  expect(calls).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(calls).toHaveLength(1);
  const second = called(60 * DAY);
  vi.advanceTimersByTime(30 * DAY);
  second.cancel();
  expect(vi.getTimerCount()).toBe(0);
  cancel();
});

test("a negative delay is none", () => {
  const { calls } = called(-5);
  vi.advanceTimersByTime(0);
  expect(calls).toHaveLength(1);
});

test("the monotonic clock does not follow the wall clock", () => {
  const clock = systemClock();
  const before = clock.monotonic();
  vi.setSystemTime(0);
  expect(clock.now()).toBe(0);
  expect(clock.monotonic()).toBeGreaterThanOrEqual(before);
});
