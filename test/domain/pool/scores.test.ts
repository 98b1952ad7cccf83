// Which of several a strategy takes, where only one answer is right: scores at their edges.
import { expect, test } from "vitest";
import { STRATEGIES, type Strategy } from "../../../src/domain/index.ts";
import { instance, pool } from "./pools.ts";

type Given = { readonly weight?: number; readonly priority?: number } & Partial<
  ReturnType<typeof pool>["members"][number]["load"]
>;

/** The place of the one that is taken. */
function taken(strategy: Strategy, members: readonly Given[], fraction = 0.5): number {
  const ids = members.map((_, i) => String(i));
  const made = pool(ids).members.map((member, i) => {
    const { weight = 1, priority = 1, ...load } = members[i] ?? {};
    return {
      ...member,
      instance: instance(String(i), { weight, priority }),
      load: { ...member.load, ...load },
    };
  });
  const [first, ...others] = made;
  if (!first) throw new Error("nobody");
  return Number(STRATEGIES[strategy]([first, ...others], fraction).instance.id);
}

test.each([
  // load per weight counts with the call that comes: 3/2 < 2/1
  ["least_loaded", [{ inFlight: 1 }, { inFlight: 2, weight: 2 }], 1],
  ["least_loaded", [{ inFlight: 0 }, { inFlight: 1, weight: 3 }], 1],
  ["least_loaded", [{ inFlight: 2, weight: 3 }, { inFlight: 1 }], 0],
  ["least_loaded", [{ turn: 5 }, { turn: 4 }, { turn: 6 }], 1],
  ["least_loaded", [{ turn: 4 }, { turn: 4 }], 0],
  ["hash", [{ inFlight: 1 }, { inFlight: 0 }], 1],
  ["hash", [{ inFlight: 1 }, { inFlight: 2, weight: 2 }], 1],
  [
    "round_robin",
    [
      { credit: 0, weight: 1 },
      { credit: -1, weight: 3 },
    ],
    1,
  ],
  ["round_robin", [{ credit: 2 }, { credit: 1 }], 0],
  [
    "priority",
    [
      { priority: 2, inFlight: 0 },
      { priority: 1, inFlight: 9 },
    ],
    1,
  ],
  ["priority", [{ priority: 1, inFlight: 2 }, { priority: 1, inFlight: 1 }, { priority: 2 }], 1],
  [
    "priority",
    [
      { priority: 1, inFlight: 1 },
      { priority: 1, inFlight: 2, weight: 2 },
    ],
    1,
  ],
  // what answers in 100 ms and has two calls under way is expected after 300
  ["least_response_time", [{ tookMs: 100, inFlight: 2 }, { tookMs: 250 }], 1],
  ["least_response_time", [{ tookMs: 100, inFlight: 1 }, { tookMs: 250 }], 0],
  ["least_response_time", [{ tookMs: 1 }, {}], 1],
  // one that never answered is expected as the slowest that did
  ["least_response_time", [{ tookMs: 50 }, { tookMs: 90, inFlight: 1 }, { inFlight: 1 }], 0],
  ["least_response_time", [{ tookMs: 181 }, { tookMs: 200 }, { inFlight: 1 }], 0],
  ["least_response_time", [{ tookMs: 500 }, { inFlight: 1 }, { tookMs: 90, inFlight: 7 }], 0],
  ["least_response_time", [{ inFlight: 1 }, { inFlight: 2 }], 0],
] satisfies readonly (readonly [Strategy, readonly Given[], number])[])(
  "%s of %j takes %i",
  (strategy, members, place) => {
    expect(taken(strategy, members)).toBe(place);
  },
);

test.each([
  ["random", [{ weight: 9 }, { weight: 1 }], 0.49, 0],
  ["random", [{ weight: 9 }, { weight: 1 }], 0.5, 1],
  ["weighted_random", [{ weight: 9 }, { weight: 1 }], 0.89, 0],
  ["weighted_random", [{ weight: 9 }, { weight: 1 }], 0.9, 1],
  ["weighted_random", [{ weight: 1 }, { weight: 1 }], 1, 1],
  // half as fast, half as much: 1/100 and 1/200
  ["adaptive", [{ tookMs: 100 }, { tookMs: 200 }], 0.66, 0],
  ["adaptive", [{ tookMs: 100 }, { tookMs: 200 }], 0.67, 1],
  // half of its calls fail: a quarter as much
  ["adaptive", [{ tookMs: 100 }, { tookMs: 100, faults: 0.5 }], 0.79, 0],
  ["adaptive", [{ tookMs: 100 }, { tookMs: 100, faults: 0.5 }], 0.81, 1],
  ["adaptive", [{ tookMs: 100, weight: 3 }, { tookMs: 100 }], 0.74, 0],
  ["adaptive", [{ tookMs: 100, weight: 3 }, { tookMs: 100 }], 0.76, 1],
  // below a millisecond nothing is faster
  ["adaptive", [{ tookMs: 0.1 }, { tookMs: 1 }], 0.49, 0],
  ["adaptive", [{ tookMs: 0.1 }, { tookMs: 1 }], 0.51, 1],
] satisfies readonly (readonly [Strategy, readonly Given[], number, number])[])(
  "%s of %j, at %d, takes %i",
  (strategy, members, fraction, place) => {
    expect(taken(strategy, members, fraction)).toBe(place);
  },
);
