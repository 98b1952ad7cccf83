import { describe, expect, test } from "vitest";
import { memoryStore } from "../../../src/adapters/event-store/index.ts";
import { leaseIncarnations, leaseObserver } from "../../../src/adapters/event-store/leases/index.ts";
import { systemRandom } from "../../../src/adapters/host/index.ts";
import { Incarnation, workerStream } from "../../../src/domain/index.ts";
import type { EventStore } from "../../../src/engine/ports/index.ts";
import { type HandClock, handClock, settled } from "../../engine/hand-clock.ts";

const random = systemRandom();
const incarnation = (): Incarnation => Incarnation.parse(random.eventId());
const LEASE = 15_000;

/** A process on a machine with clocks of its own. */
async function worker(events: EventStore, clock: HandClock, warnings: string[] = []) {
  const log = { warn: (_: unknown, message: string) => void warnings.push(message) };
  return leaseIncarnations({ events, own: incarnation(), clock, random, log });
}

describe("a process that announces itself", () => {
  test("is alive for others while it goes on, and dead as soon as it has taken its leave", async () => {
    const [{ events }, clock] = [memoryStore(), handClock()];
    const other = await worker(events, clock);
    const observer = leaseObserver({ events, clock });
    expect(await observer.seemsAlive(other.own)).toBe(true);
    for (let i = 0; i < 20; i += 1) {
      await clock.advance(LEASE / 3);
      expect([await observer.isAlive(other.own), await observer.seemsAlive(other.own)]).toEqual([true, true]);
    }
    await Promise.all([other.close(), other.close()]);
    expect([await other.isAlive(other.own), await observer.isAlive(other.own)]).toEqual([false, false]);
    const types = (await events.read(workerStream(other.own), 0, 100)).map(({ type }) => type);
    expect([types[0], types.at(-1), new Set(types).size, types.length]).toEqual([
      "WorkerStarted",
      "WorkerStopped",
      3,
      22,
    ]);
    expect(clock.waiting()).toBe(0);
  });

  test("that died is alive until its lease has passed on the observer's clock, whatever the wall clocks say", async () => {
    for (const ahead of [-3_600_000, 0, 3_600_000]) {
      const { events } = memoryStore();
      const [its, ours] = [handClock(Date.parse("2026-03-01T12:00:00Z") + ahead), handClock()];
      const other = await worker(events, its); // its clock stands still from here on
      const observer = leaseObserver({ events, clock: ours });
      expect(await observer.seemsAlive(other.own)).toBe(ahead === 0);
      expect(await answeredAfter(ours, observer.isAlive(other.own))).toEqual([false, LEASE]);
      expect([await observer.isAlive(other.own), await observer.seemsAlive(other.own)]).toEqual([
        false,
        false,
      ]);
    }
  });

  test("whose clock is wrong is found alive by its next sign", async () => {
    const { events } = memoryStore();
    const [its, ours] = [handClock(0), handClock()];
    const other = await worker(events, its);
    const asked = leaseObserver({ events, clock: ours }).isAlive(other.own);
    await settled(); // it has seen the first sign
    await its.advance(LEASE / 3);
    const [isAlive, after] = await answeredAfter(ours, asked);
    expect([isAlive, after <= LEASE / 3]).toEqual([true, true]);
  });

  test("that was stopped and goes on is alive again", async () => {
    const { events } = memoryStore();
    const [its, ours] = [handClock(), handClock()];
    const other = await worker(events, its);
    const observer = leaseObserver({ events, clock: ours });
    expect(await answeredAfter(ours, observer.isAlive(other.own))).toEqual([false, LEASE]);
    await its.advance(LEASE / 3);
    expect(await observer.isAlive(other.own)).toBe(true);
  });

  test("one that never was is not alive", async () => {
    const { events } = memoryStore();
    expect(await leaseObserver({ events, clock: handClock() }).isAlive(incarnation())).toBe(false);
  });

  test("that has lived for weeks is found alive by reading little", async () => {
    const [{ events }, clock] = [memoryStore(), handClock()];
    const other = await worker(events, clock);
    const before = (await events.read(workerStream(other.own), 0, 1))[0];
    if (!before) throw new Error("no first sign");
    for (let at = 0; at < 9_000; at += 500) {
      const signs = Array.from({ length: 500 }, () => ({ ...before, id: random.eventId() }));
      await events.append(workerStream(other.own), at, signs);
    }
    let read = 0;
    const counting: EventStore = {
      ...events,
      read: async (...given) => {
        const page = await events.read(...given);
        read += page.length;
        return page;
      },
    };
    expect(await leaseObserver({ events: counting, clock }).seemsAlive(other.own)).toBe(true);
    expect(read).toBeLessThanOrEqual(1_000);
  });

  test("that cannot reach the log warns, and extends its lease once it can", async () => {
    const [{ events }, clock] = [memoryStore(), handClock()];
    const warnings: string[] = [];
    let isBroken = false;
    const breaking: EventStore = {
      ...events,
      append: async (...given) => {
        const appended = await events.append(...given);
        if (isBroken) throw new Error("the answer is lost");
        return appended;
      },
    };
    const other = await worker(breaking, clock, warnings);
    isBroken = true;
    await clock.advance(LEASE / 3);
    expect(warnings).toHaveLength(1);
    isBroken = false;
    await clock.advance(LEASE / 3);
    expect((await events.read(workerStream(other.own), 0, 10)).map(({ revision }) => revision)).toEqual([
      0, 1, 2,
    ]);
    await other.close();
  });
});

/** The answer, and how long it took by that clock. */
async function answeredAfter<T>(clock: HandClock, asked: Promise<T>): Promise<readonly [T, number]> {
  const since = clock.monotonic();
  let after: number | undefined;
  const answer = asked.then((value) => {
    after = clock.monotonic() - since;
    return value;
  });
  await settled();
  while (after === undefined) await clock.advance(LEASE / 10);
  return [await answer, after];
}
