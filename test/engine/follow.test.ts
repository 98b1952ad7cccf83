// What following is beyond what every store's contract shows: back-pressure, and that nothing is left behind.
import { Subject } from "rxjs";
import { expect, test } from "vitest";
import { memoryStore } from "../../src/adapters/event-store/index.ts";
import type { Position } from "../../src/domain/index.ts";
import { follow, followPages } from "../../src/engine/log/follow.ts";
import type { EventStore } from "../../src/engine/ports/index.ts";
import { events, runStream } from "../adapters/event-store/samples.ts";

/** A real log whose hints and reads can be watched. */
function watched() {
  const { events: log } = memoryStore();
  const hints = new Subject<Position>();
  const reads: (Position | "start")[] = [];
  const store: EventStore = {
    ...log,
    changes: () => hints.asObservable(),
    readAll: (after, limit, filter) => {
      reads.push(after);
      return log.readAll(after, limit, filter);
    },
  };
  return { store, log, hints, reads };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test("the next page is read only when the consumer asks for it", async () => {
  const { store, reads } = watched();
  await store.append(runStream(), "none", events(10));
  const pages = followPages(store, "start", { pageSize: 3 });
  await settled();
  expect(reads).toEqual([]);
  await pages.next();
  await settled();
  expect(reads).toEqual(["start"]);
  await pages.next();
  await settled();
  expect(reads).toEqual(["start", 3n]);
  await pages.return();
});

test("an append between the last read and the wait is not missed", async () => {
  const { store, log, hints } = watched();
  const pages = followPages(
    {
      ...store,
      readAll: async (after, limit, filter) => {
        const page = await log.readAll(after, limit, filter);
        if (page.atHead && page.next === "start") {
          const { position } = await log.append(runStream(), "none", events(1));
          hints.next(position);
        }
        return page;
      },
    },
    "start",
  );
  expect((await pages.next()).value).toMatchObject({ events: [], atHead: true });
  expect((await pages.next()).value).toMatchObject({ events: [{ revision: 0 }], atHead: true });
  await pages.return();
});

test("hints without anything new bring no pages and no repeats", async () => {
  const { store, hints, reads } = watched();
  await store.append(runStream(), "none", events(1));
  const seen: Position[] = [];
  const subscription = follow(store, "start").subscribe(({ position }) => seen.push(position));
  await settled();
  for (let i = 0; i < 5; i += 1) {
    hints.next(1n);
    await settled();
  }
  expect(seen).toEqual([1n]);
  expect(reads.length).toBeGreaterThan(1);
  subscription.unsubscribe();
});

test("unsubscribing while it waits lets go of the store's hints at once", async () => {
  const { store, hints } = watched();
  const subscription = follow(store, "start").subscribe();
  await settled();
  expect(hints.observed).toBe(true);
  subscription.unsubscribe();
  await settled();
  expect(hints.observed).toBe(false);
});

test("unsubscribing in the middle of a page ends it there", async () => {
  const { store, hints, reads } = watched();
  await store.append(runStream(), "none", events(10));
  const seen: number[] = [];
  const subscription = follow(store, "start", { pageSize: 5 }).subscribe(({ revision }) => {
    seen.push(revision);
    if (revision === 2) subscription.unsubscribe();
  });
  await settled();
  expect(seen).toEqual([0, 1, 2]);
  expect(reads).toEqual(["start"]);
  expect(hints.observed).toBe(false);
});

test("a signal that is aborted, before or while it waits, ends the pages", async () => {
  const { store, hints } = watched();
  const stop = new AbortController();
  const pages = followPages(store, "start", { signal: stop.signal });
  expect((await pages.next()).value).toMatchObject({ atHead: true });
  const waiting = pages.next();
  stop.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(await followPages(store, "start", { signal: stop.signal }).next()).toMatchObject({ done: true });
  expect(hints.observed).toBe(false);
});

test("a failing read, or hints that fail, are the follower's failure", async () => {
  const { store, hints } = watched();
  const failing = { ...store, readAll: () => Promise.reject(new Error("the disk is gone")) };
  await expect(followPages(failing, "start").next()).rejects.toThrow("the disk is gone");
  const failed = new Promise((resolve) => {
    follow(store, "start").subscribe({ error: resolve });
  });
  await settled();
  hints.error(new Error("the line is gone"));
  expect(await failed).toMatchObject({ message: "the line is gone" });
});
