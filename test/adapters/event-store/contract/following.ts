import { firstValueFrom, lastValueFrom, take, toArray } from "rxjs";
import { describe, expect, test } from "vitest";
import { follow, followPages } from "../../../../src/engine/log/follow.ts";
import type { StoredEvent } from "../../../../src/engine/ports/index.ts";
import type { Subject } from "../event-store.contract.ts";
import { appendOneByOne, event, events, idsOf, runStream } from "../samples.ts";

export function describeFollowing({ store }: Subject): void {
  describe("follow", () => {
    test("changes() tells of each append, no earlier than it can be read", async () => {
      const told = firstValueFrom(store().events.changes());
      const { position } = await store().events.append(runStream(), "none", events(3));
      expect(await told).toBe(position);
      expect(await store().events.head()).toBe(position);
    });

    test("a conflict or a repeated append is no change", async () => {
      const stream = runStream();
      const given = events(1);
      await store().events.append(stream, "none", given);
      const told: bigint[] = [];
      const subscription = store()
        .events.changes()
        .subscribe((position) => told.push(position));
      await store().events.append(stream, "none", given);
      await expect(store().events.append(stream, "none", events(1))).rejects.toThrow(stream);
      const { position } = await store().events.append(stream, 0, events(1));
      subscription.unsubscribe();
      expect(new Set(told)).toEqual(new Set([position]));
    });

    test("gap-free and in order under concurrent writers, from catch-up into live", async () => {
      const [writers, each] = [8, 40];
      const streams = Array.from({ length: writers }, () => runStream());
      const before = streams.slice(0, 4).map((stream) => appendOneByOne(store().events, stream, each));
      await Promise.all(before);
      const followers = [1, 7, 500].map((pageSize) =>
        lastValueFrom(follow(store().events, "start", { pageSize }).pipe(take(writers * each), toArray())),
      );
      await Promise.all(streams.slice(4).map((stream) => appendOneByOne(store().events, stream, each)));
      for (const seen of await Promise.all(followers)) {
        expectContiguous(seen);
        expect(seen).toHaveLength(writers * each);
      }
    });

    test("from a position on, with a filter", async () => {
      const [mine, other] = [runStream("acme"), runStream("other")];
      await appendOneByOne(store().events, mine, 5);
      const after = await store().events.head();
      const seen = lastValueFrom(
        follow(store().events, after, { filter: "run-acme." }).pipe(take(3), toArray()),
      );
      await appendOneByOne(store().events, other, 3);
      const given = events(3);
      await store().events.append(mine, 4, given);
      expect(idsOf(await seen)).toEqual(idsOf(given));
    });

    test("pages wait for their consumer, and go on where it stopped", async () => {
      await store().events.append(runStream(), "none", events(10));
      const pages = followPages(store().events, "start", { pageSize: 4 });
      const first = await pages.next();
      expect(first.value).toMatchObject({ atHead: false });
      await store().events.append(runStream(), "none", events(2));
      const rest = [await pages.next(), await pages.next()];
      expect(rest.map(({ value }) => value?.events.length)).toEqual([4, 4]);
      expect(rest[1]?.value?.atHead).toBe(true);
      await pages.return();
    });

    test("ends with the store, for who waits and for who subscribes later", async () => {
      await store().events.append(runStream(), "none", [event()]);
      const seen = lastValueFrom(follow(store().events, "start").pipe(toArray()));
      const hints = lastValueFrom(store().events.changes().pipe(toArray()));
      await firstValueFrom(follow(store().events, "start"));
      await store().close();
      expect(await seen).toHaveLength(1);
      await hints;
      expect(await lastValueFrom(store().events.changes().pipe(toArray()))).toEqual([]);
    });
  });
}

function expectContiguous(seen: readonly StoredEvent[]): void {
  const next = new Map<string, number>();
  let last = 0n;
  for (const { stream, revision, position } of seen) {
    expect(revision).toBe(next.get(stream) ?? 0);
    expect(position > last).toBe(true);
    next.set(stream, revision + 1);
    last = position;
  }
}
