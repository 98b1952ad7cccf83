import { lastValueFrom, take, toArray } from "rxjs";
import { describe, expect, test } from "vitest";
import { follow } from "../../../../src/engine/log/follow.ts";
import { VersionConflict } from "../../../../src/engine/ports/index.ts";
import type { LogTraits, Subject } from "../event-store.contract.ts";
import { appendOneByOne, blob, bytes, events, idsOf, outcomes, runStream } from "../samples.ts";

export function describeConnections({ store, connect }: Subject, log: LogTraits): void {
  describe("two connections to one log", () => {
    test("racing at one revision, exactly one wins, revision after revision", async () => {
      const [a, b, stream] = [store(), await connect(), runStream()];
      for (let revision = 0; revision < 40; revision += 1) {
        const expected = revision === 0 ? "none" : revision - 1;
        const racing = [a, b].map((one) => one.events.append(stream, expected, events(1)));
        const { won, conflicts } = await outcomes(racing);
        expect([won.length, conflicts]).toEqual([1, 1]);
      }
      expect(await b.events.read(stream, 0, 100)).toEqual(await a.events.read(stream, 0, 100));
    });

    test("each knows where the other has moved a stream", async () => {
      const [a, b, stream] = [store(), await connect(), runStream()];
      await a.events.append(stream, "none", events(1));
      const given = events(2);
      const first = await b.events.append(stream, 0, given);
      await expect(a.events.append(stream, 0, events(1))).rejects.toBeInstanceOf(VersionConflict);
      expect(await a.events.append(stream, 0, given)).toEqual(first);
      await a.events.append(stream, 2, events(1));
      expect(await b.events.read(stream, 0, 10)).toHaveLength(4);
      expect(await b.events.head()).toBe(await a.events.head());
    });

    test("an id that the other has written is known in its place, and where the log can tell everywhere", async () => {
      const [a, b, stream] = [store(), await connect(), runStream()];
      const given = events(1);
      const first = await a.events.append(stream, "none", given);
      expect(await b.events.append(stream, "none", given)).toEqual(first);
      if (!log.knowsForeignIds) return;
      await expect(b.events.append(runStream(), "none", given)).rejects.toBeInstanceOf(VersionConflict);
    });

    test("a follower on each sees what both write, once, in one order", async () => {
      const [a, b] = [store(), await connect()];
      const [writers, each] = [6, 25];
      const following = [a, b].map((one) =>
        lastValueFrom(follow(one.events, "start", { pageSize: 10 }).pipe(take(writers * each), toArray())),
      );
      await Promise.all(
        Array.from({ length: writers }, (_, i) =>
          appendOneByOne((i % 2 === 0 ? a : b).events, runStream(), each),
        ),
      );
      const [seenByA = [], seenByB = []] = await Promise.all(following);
      expect(seenByA).toHaveLength(writers * each);
      expect(idsOf(seenByA)).toEqual(idsOf(seenByB));
      expect(new Set(idsOf(seenByA)).size).toBe(writers * each);
      const sorted = seenByA.map(({ position }) => position).toSorted((x, y) => (x < y ? -1 : 1));
      expect(seenByA.map(({ position }) => position)).toEqual(sorted);
    });

    test("a blob that one has put the other gets", async () => {
      const [a, b, one] = [store(), await connect(), blob(bytes("shared"))];
      await a.blobs.put("main", one);
      expect(await b.blobs.get("main", one.hash)).toEqual(one.bytes);
    });
  });
}
