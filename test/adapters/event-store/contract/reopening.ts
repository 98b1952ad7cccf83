import { lastValueFrom, take, toArray } from "rxjs";
import { describe, expect, test } from "vitest";
import { follow } from "../../../../src/engine/log/follow.ts";
import type { Subject } from "../event-store.contract.ts";
import { blob, bytes, event, events, idsOf, outcomes, runStream } from "../samples.ts";

export function describeReopening({ store, connect }: Subject): void {
  describe("after closing and opening again", () => {
    test("everything stands: events, positions, heads, blobs", async () => {
      const [stream, kept] = [runStream(), blob(bytes("kept"))];
      await store().events.append(stream, "none", [event({ blobs: [kept] }), ...events(4)]);
      const before = await store().events.readAll("start", 10);
      await store().close();
      const again = await connect();
      expect(await again.events.readAll("start", 10)).toEqual(before);
      expect(await again.events.head()).toBe(before.next);
      expect(await again.blobs.get("main", kept.hash)).toEqual(kept.bytes);
      const { won, conflicts } = await outcomes([
        again.events.append(stream, 3, events(1)),
        again.events.append(stream, 4, events(1)),
      ]);
      expect([won.length, conflicts]).toEqual([1, 1]);
      expect(won[0]?.position).toBeGreaterThan(BigInt(String(before.next)));
    });

    test("an append whose answer was lost is repeated with the same bytes", async () => {
      const [stream, given] = [runStream(), events(3)];
      const first = await store().events.append(stream, "none", given);
      await store().close();
      const again = await connect();
      expect(await again.events.append(stream, "none", given)).toEqual(first);
      await again.events.append(stream, 2, events(1));
      expect(await again.events.append(stream, "none", given)).toEqual(first);
    });

    test("a follower resumes from its last position", async () => {
      const [stream, given] = [runStream(), events(9)];
      await store().events.append(stream, "none", given.slice(0, 6));
      const seen = await lastValueFrom(
        follow(store().events, "start", { pageSize: 2 }).pipe(take(3), toArray()),
      );
      await store().close();
      const again = await connect();
      const rest = lastValueFrom(
        follow(again.events, seen.at(-1)?.position ?? "start").pipe(take(6), toArray()),
      );
      await again.events.append(stream, 5, given.slice(6));
      expect(idsOf([...seen, ...(await rest)])).toEqual(idsOf(given));
    });
  });
}
