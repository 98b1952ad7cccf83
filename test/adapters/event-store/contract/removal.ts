import { describe, expect, test } from "vitest";
import type { Removal } from "../../../../src/engine/ports/index.ts";
import type { Subject } from "../event-store.contract.ts";
import { blob, bytes, event, events, idsOf, runStream } from "../samples.ts";

export function describeRemoval({ store }: Subject): void {
  const removal = (): Removal => {
    const { removal: found } = store();
    if (!found) throw new Error("nothing can be removed here");
    return found;
  };

  describe("removal", () => {
    test("the beginning of a stream goes, and nothing else; revisions, positions and the head stay", async () => {
      const [stream, other] = [runStream(), runStream()];
      const given = events(2500);
      for (let at = 0; at < given.length; at += 500)
        await store().events.append(stream, at === 0 ? "none" : at - 1, given.slice(at, at + 500));
      await store().events.append(other, "none", events(3));
      const head = await store().events.head();
      expect(await removal().truncate(stream, 2499)).toBe(2499);
      expect(await removal().truncate(stream, 2499)).toBe(0);
      const left = await store().events.read(stream, 0, 10);
      expect(left).toMatchObject([{ revision: 2499, id: given[2499]?.id, position: 2500n }]);
      expect(await store().events.read(stream, 2499, 10)).toEqual(left);
      expect(await store().events.readMany(stream, [0, 2499])).toEqual(left);
      expect(await store().events.read(other, 0, 10)).toHaveLength(3);
      expect((await store().events.readAll("start", 10)).events).toHaveLength(4);
      expect(await store().events.head()).toBe(head);
    });

    test("nobody begins the stream anew, and what is appended goes on behind what was there", async () => {
      const stream = runStream();
      const given = events(3);
      await store().events.append(stream, "none", given);
      await removal().truncate(stream, 3);
      expect(await store().events.read(stream, 0, 10)).toEqual([]);
      await expect(store().events.append(stream, "none", [event()])).rejects.toThrow(stream);
      await expect(store().events.append(stream, "none", given)).rejects.toThrow(stream);
      const next = event();
      expect(await store().events.append(stream, 2, [next])).toMatchObject({ revision: 3, position: 4n });
      expect(idsOf(await store().events.read(stream, 0, 10))).toEqual([next.id]);
    });

    test("a stream that nobody knows has nothing to lose", async () => {
      expect(await removal().truncate(runStream(), 5)).toBe(0);
    });

    test("blobs go that nothing names any more; one that is named after the place where it was looked, stays", async () => {
      const [gone, kept, listed] = ["gone", "kept", "listed"].map((text) => blob(bytes(text)));
      if (!gone || !kept || !listed) throw new Error("three blobs");
      const list = blob(bytes(listed.hash));
      await store().events.append(runStream(), "none", [event({ blobs: [gone, kept, listed, list] })]);
      const after = await store().events.head();
      await store().events.append(runStream(), "none", [event({ data: bytes(`{"x":"${kept.hash}"}`) })]);
      await store().events.append(runStream(), "none", [event({ data: bytes(`{"x":"${list.hash}"}`) })]);
      const named = (data: Uint8Array, read: (hash: string) => Uint8Array | undefined) => {
        const hashes =
          Buffer.from(data)
            .toString()
            .match(/sha256-[0-9a-f]{64}/g) ?? [];
        return hashes.flatMap((hash) => [hash, Buffer.from(read(hash) ?? []).toString()]);
      };
      const hashes = [gone, kept, listed, list].map(({ hash }) => hash);
      expect(await removal().removeBlobs("main", hashes, after, named)).toBe(1);
      expect(await store().blobs.has("main", gone.hash)).toBe(false);
      for (const { hash } of [kept, listed, list]) expect(await store().blobs.has("main", hash)).toBe(true);
      expect(await removal().removeBlobs("acme", hashes, after, named)).toBe(0);
      await removal().scrub();
    });
  });
}
