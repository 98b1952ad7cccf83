// The pool's decisions, played through with interpreters of air: any order of calls, ends and failures.
import fc from "fast-check";
import { expect, test } from "vitest";
import { nextMove, type SlotView, TURN_MS } from "../../../src/adapters/sandbox/turns.ts";
import type { RunId } from "../../../src/domain/index.ts";
import { newRun } from "../providers/script-box.ts";

type Slot = { state: SlotView["state"]; run?: RunId; since: number; served: Set<RunId> };
type World = { slots: Slot[]; waiting: Map<RunId, number>; now: number; leases: RunId[]; starts: number };

const RUNS = Array.from({ length: 4 }, newRun);

/** Does what the decision says until there is nothing to do. */
function settle(world: World, size: number): void {
  for (let i = 0; ; i++) {
    expect(i, "decisions come to an end").toBeLessThan(1000);
    const move = nextMove({ slots: world.slots, waiting: world.waiting, size, now: world.now });
    if (!move) return;
    if (move.type === "start") {
      world.slots.push({ state: "starting", since: world.now, served: new Set() });
      world.starts += 1;
    } else if (move.type === "end") {
      expect(move.slot.state).toBe("idle");
      world.slots.splice(world.slots.indexOf(move.slot), 1);
    } else {
      expect(move.slot.state).toBe("idle");
      expect(move.slot.run ?? move.run).toBe(move.run);
      if (move.slot.run === undefined) move.slot.since = world.now;
      move.slot.run = move.run;
      move.slot.state = "busy";
      move.slot.served.add(move.run);
      world.leases.push(move.run);
      const left = (world.waiting.get(move.run) ?? 0) - 1;
      world.waiting.delete(move.run);
      if (left > 0) world.waiting.set(move.run, left);
    }
    expect(world.slots.length).toBeLessThanOrEqual(size);
  }
}

/** Every interpreter takes its next step: started, answered, tidied up. */
function tick(world: World, ms: number): void {
  world.now += ms;
  for (const slot of world.slots) {
    if (slot.state === "starting" || slot.state === "tidying") slot.state = "idle";
    else if (slot.state === "busy") slot.state = "tidying";
  }
}

const call = fc.record({
  type: fc.constant("call" as const),
  run: fc.constantFrom(...RUNS),
  count: fc.integer({ min: 1, max: 8 }),
});
const time = fc.record({ type: fc.constant("time" as const), ms: fc.integer({ min: 0, max: 2 * TURN_MS }) });
const crash = fc.record({ type: fc.constant("crash" as const), slot: fc.nat(8) });

test("no interpreter serves two runs, there are never too many, and every call is served in the end", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.oneof(call, time, crash), { maxLength: 40 }),
      (size, steps) => {
        const world: World = { slots: [], waiting: new Map(), now: 0, leases: [], starts: 0 };
        let calls = 0;
        for (const step of steps) {
          if (step.type === "call") {
            calls += step.count;
            world.waiting.set(step.run, (world.waiting.get(step.run) ?? 0) + step.count);
          } else if (step.type === "time") tick(world, step.ms);
          else world.slots.splice(step.slot, 1);
          settle(world, size);
          for (const { served } of world.slots) expect(served.size).toBeLessThanOrEqual(1);
        }
        for (let i = 0; world.waiting.size > 0; i++) {
          expect(i, "everybody's turn comes").toBeLessThan(1000);
          tick(world, 100);
          settle(world, size);
        }
        expect(world.leases.length).toBe(calls);
      },
    ),
    { numRuns: 500 },
  );
});

const played = (waiting: readonly (readonly [number, number])[]): World => ({
  slots: [],
  waiting: new Map(waiting.flatMap(([i, count]) => (RUNS[i] ? [[RUNS[i], count] as const] : []))),
  now: 0,
  leases: [],
  starts: 0,
});

test("a run that comes late waits for one turn, not for the end of a long batch", () => {
  const world = played([[0, 10_000]]);
  for (let i = 0; i < 10; i++) {
    settle(world, 2);
    tick(world, 100);
  }
  world.waiting.set(RUNS[1] ?? newRun(), 1);
  let ticks = 0;
  while (!world.leases.includes(RUNS[1] ?? newRun())) {
    settle(world, 2);
    tick(world, 100);
    ticks += 1;
  }
  expect(ticks).toBeLessThanOrEqual(TURN_MS / 100 + 5);
});

test("a chain of calls needs one interpreter, a fan-out as many as there may be", () => {
  const chain = played([]);
  for (let i = 0; i < 20; i++) {
    chain.waiting.set(RUNS[0] ?? newRun(), 1);
    settle(chain, 4);
    tick(chain, 10);
    settle(chain, 4);
    tick(chain, 10);
  }
  expect(chain.starts).toBe(1);
  const fan = played([[0, 20]]);
  settle(fan, 4);
  expect(fan.starts).toBe(4);
});

test("two runs that always want more share what there is", () => {
  const world = played([
    [0, 10_000],
    [1, 10_000],
  ]);
  for (let i = 0; i < 400; i++) {
    settle(world, 2);
    tick(world, 50);
  }
  const [a, b] = [0, 1].map((i) => world.leases.filter((run) => run === RUNS[i]).length);
  expect(Math.abs((a ?? 0) - (b ?? 0))).toBeLessThanOrEqual(10);
  expect(world.starts).toBe(2);
});
