// What is kept of a tenant's settings: current for whoever asks, written by several, read no more often than need be.
import { Observable, Subject } from "rxjs";
import { expect, test } from "vitest";
import { memoryStore } from "../../../src/adapters/event-store/index.ts";
import { systemRandom } from "../../../src/adapters/host/index.ts";
import { limitOf, type Position, type SettingsEvent, settingsStream } from "../../../src/domain/index.ts";
import { keptSettings } from "../../../src/engine/index.ts";
import type { EventStore } from "../../../src/engine/ports/index.ts";
import { handClock } from "../hand-clock.ts";
import { CLI, TENANT } from "../rig.ts";

const open = (events: EventStore) =>
  keptSettings({ events, clock: handClock(), random: systemRandom(), configuredFlags: async () => ({}) });
const limit = (to: number): SettingsEvent => ({ type: "QuotaSet", data: { quota: "open_runs", limit: to } });
const limitIn = async (one: ReturnType<typeof open>) => limitOf(await one.of(TENANT), "open_runs");

/** Reads are counted, and others are heard of when the test says so. */
function listened() {
  const { events } = memoryStore();
  const hints = new Subject<Position>();
  let reads = 0;
  const heard: EventStore = {
    ...events,
    changes: (by) => (by === "others" ? hints : events.changes(by)),
    read: (...asked) => {
      reads += 1;
      return events.read(...asked);
    },
  };
  return { events, heard, hints, reads: () => reads };
}

test("it is read once, and again when others were heard of: however many ask", async () => {
  const { events, heard, hints, reads } = listened();
  const [one, other] = [open(heard), open(events)];
  await Promise.all(Array.from({ length: 20 }, () => limitIn(one)));
  expect(reads()).toBe(1);
  await other.change(TENANT, limit(3), CLI);
  expect(await limitIn(one)).toBeUndefined();
  hints.next(1n);
  expect(await Promise.all([limitIn(one), limitIn(one)])).toEqual([3, 3]);
  expect(reads()).toBe(2);
});

test("who asks after a hint is not answered by a reading that began before it", async () => {
  const { events } = memoryStore();
  const hints = new Subject<Position>();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isFirst = true;
  const slow: EventStore = {
    ...events,
    changes: () => hints,
    read: async (...asked) => {
      const page = await events.read(...asked);
      if (isFirst) {
        isFirst = false;
        await held;
      }
      return page;
    },
  };
  const one = open(slow);
  const early = limitIn(one);
  await open(events).change(TENANT, limit(9), CLI);
  hints.next(1n);
  const late = limitIn(one);
  release();
  expect(await late).toBe(9);
  await early;
});

test("where nobody tells of others any more, it is read each time", async () => {
  const { events } = memoryStore();
  const deaf = new Observable<Position>((subscriber) => subscriber.error(new Error("no hints")));
  const one = open({ ...events, changes: () => deaf });
  expect(await limitIn(one)).toBeUndefined();
  await open(events).change(TENANT, limit(4), CLI);
  expect(await limitIn(one)).toBe(4);
});

test("of many who set at once, each change is one event, and all see the last one", async () => {
  const { events } = memoryStore();
  const desks = Array.from({ length: 5 }, () => open(events));
  await Promise.all(
    desks.flatMap((desk, i) => [1, 2, 3].map((j) => desk.change(TENANT, limit(10 * i + j), CLI))),
  );
  const stored = await events.read(settingsStream(TENANT), 0, 100);
  expect(stored.map(({ revision }) => revision)).toEqual(stored.map((_, i) => i));
  expect(stored).toHaveLength(15);
  const last = await limitIn(open(events));
  expect(await Promise.all(desks.map(limitIn))).toEqual(desks.map(() => last));
  await desks[0]?.change(TENANT, limit(last ?? 0), CLI);
  expect(await events.read(settingsStream(TENANT), 0, 100)).toHaveLength(15);
});

test("an event of a later version is refused with its place, not passed over", async () => {
  const { events } = memoryStore();
  await open(events).change(TENANT, limit(1), CLI);
  const [stored] = await events.read(settingsStream(TENANT), 0, 1);
  if (!stored) throw new Error("nothing was written");
  const { position: _, stream: __, revision: ___, ...event } = stored;
  const later = { ...event, id: systemRandom().eventId(), schemaVersion: 2 };
  await events.append(settingsStream(TENANT), 0, [later]);
  await expect(limitIn(open(events))).rejects.toMatchObject({
    code: "PERSISTENCE_INTEGRITY_ERROR",
    message: expect.stringContaining("QuotaSet (settings-main, revision 1)"),
  });
});
