// Whatever happens to a pool, in whatever order.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  choose,
  ended,
  evolveStandings,
  healthChecked,
  membershipChanges,
  type Pool,
  type PoolEvent,
  readPoolEvent,
  STRATEGIES,
  type Standings,
  type Strategy,
  type Verdict,
  withStandings,
} from "../../../src/domain/index.ts";
import { stepOf } from "../../../src/domain/pool/pool.ts";
import { tries } from "../tries.ts";
import { BREAKER, instance, pool, START } from "./pools.ts";

const LIMIT = { perMinute: 120, burst: 3 };
const IDS = ["a", "b", "c"] as const;
const isStrategy = (text: string): text is Strategy => Object.hasOwn(STRATEGIES, text);

const action = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("ask" as const),
      fraction: fc.double({ min: 0, max: 0.999, noNaN: true }),
      key: fc.option(fc.constantFrom("k", "l"), { nil: undefined }),
      model: fc.option(fc.constantFrom("m", "n"), { nil: undefined }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("end" as const),
      which: fc.nat(20),
      verdict: fc.constantFrom<Verdict>("fine", "fault", "fault", "busy", "nothing"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("check" as const),
      id: fc.constantFrom(...IDS),
      isHealthy: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("drain" as const),
      id: fc.constantFrom(...IDS),
      on: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      ms: fc.constantFrom(1, 200, 1500, 20_000, 61_000),
    }),
  },
);

type Running = { readonly id: string; readonly isTrial: boolean };

const standingsOf = (of: Pool): Standings =>
  new Map(of.members.map(({ instance: { id }, standing }) => [id, standing]));

test("limits hold, nobody is asked who must not be, and what is recorded is how it stands", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(STRATEGIES).filter(isStrategy)),
      fc.array(action, { maxLength: 120 }),
      (strategy, actions) => {
        const start = pool(
          [
            instance("a", { maxConcurrent: 2 }),
            instance("b", { maxConcurrent: 1, models: ["m"], weight: 3 }),
            instance("c", { limits: [LIMIT] }),
          ],
          { strategy },
        );
        let now = start;
        let time = START;
        let running: readonly Running[] = [];
        const events: PoolEvent[] = [];
        const asked: number[] = [];
        for (const one of actions) {
          switch (one.kind) {
            case "pass":
              time = { wall: time.wall + one.ms, steady: time.steady + one.ms };
              break;
            case "ask": {
              const before = now;
              const choice = choose(now, { hashKey: one.key, model: one.model }, time, one.fraction);
              if (choice.kind !== "chosen") break;
              const member = before.members.find(({ instance: { id } }) => id === choice.id);
              expect(member?.standing).toMatchObject({ isHealthy: true, isDraining: false });
              const breaker = member?.standing.breaker;
              if (breaker?.kind === "open") expect(breaker.until).toBeLessThanOrEqual(time.wall);
              if (one.model === "m" && !before.members[1]?.standing.isDraining) expect(choice.id).toBe("b");
              now = choice.pool;
              events.push(...choice.events);
              running = [...running, choice];
              if (choice.id === "c") asked.push(time.steady);
              break;
            }
            case "end": {
              const over = running[one.which % Math.max(1, running.length)];
              if (!over) break;
              running = running.filter((call) => call !== over);
              const step = ended(
                now,
                over.id,
                { verdict: one.verdict, tookMs: 5, isTrial: over.isTrial },
                time,
              );
              now = step.pool;
              events.push(...step.events);
              break;
            }
            case "check":
            case "drain": {
              const type = one.kind === "drain" && one.on ? "InstanceDraining" : "InstanceResumed";
              const step =
                one.kind === "check"
                  ? healthChecked(now, one.id, { isHealthy: one.isHealthy }, 1)
                  : stepOf(now, [{ type, data: { instance: one.id } }]);
              now = step.pool;
              events.push(...step.events);
              break;
            }
          }
          for (const {
            instance: { id, maxConcurrent },
            load,
          } of now.members) {
            expect(load.inFlight).toBe(running.filter((call) => call.id === id).length);
            expect(load.inFlight).toBeLessThanOrEqual(maxConcurrent);
            expect(load.trials).toBe(running.filter((call) => call.id === id && call.isTrial).length);
            expect(load.trials).toBeLessThanOrEqual(BREAKER.halfOpenRequests);
          }
        }
        for (const at of asked) {
          const inAMinute = asked.filter((other) => other >= at && other < at + 60_000).length;
          expect(inAMinute).toBeLessThanOrEqual(LIMIT.perMinute + LIMIT.burst);
        }
        // Live state equals replayed state, and any prefix twice is once.
        const replayed = events.reduce(evolveStandings, standingsOf(start));
        expect([...replayed].toSorted()).toEqual([...standingsOf(now)].toSorted());
        const half = events.slice(0, Math.floor(events.length / 2));
        const twice = [...half, ...half].reduce(evolveStandings, new Map());
        expect([...twice]).toEqual([...half.reduce(evolveStandings, new Map())]);
        // A JSON round trip changes nothing.
        for (const { type, data } of events) {
          expect(readPoolEvent(type, 1, JSON.parse(JSON.stringify(data)))).toEqual({ type, data });
        }
        expect(withStandings(now, replayed)).toEqual(now);
      },
    ),
    tries(300),
  );
});

test("membership: what the log lacks is added, what nobody configures is removed, and then there is nothing to say", () => {
  const configured = fc.uniqueArray(
    fc.record({ id: fc.constantFrom("a", "b", "c", "d"), protocol: fc.constantFrom("llm/v1", "tools/v1") }),
    { selector: ({ id }) => id },
  );
  fc.assert(
    fc.property(configured, configured, (before, after) => {
      const known = membershipChanges(new Map(), before).reduce(evolveStandings, new Map());
      expect([...known.keys()]).toEqual(before.map(({ id }) => id));
      const now = membershipChanges(known, after).reduce(evolveStandings, known);
      expect([...now.keys()].toSorted()).toEqual(after.map(({ id }) => id).toSorted());
      expect(membershipChanges(now, after)).toEqual([]);
    }),
    tries(200),
  );
});
