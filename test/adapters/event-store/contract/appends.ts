import { describe, expect, test } from "vitest";
import { VersionConflict } from "../../../../src/engine/ports/index.ts";
import type { Subject } from "../event-store.contract.ts";
import { bytes, event, events, idsOf, outcomes, runStream } from "../samples.ts";

export function describeAppends({ store }: Subject): void {
  describe("append", () => {
    test("revisions of a stream count from 0, positions of the log grow over all streams", async () => {
      const [a, b] = [runStream(), runStream()];
      const first = await store().events.append(a, "none", events(2));
      const second = await store().events.append(b, "none", events(3));
      const third = await store().events.append(a, 1, events(1));
      expect([first.revision, second.revision, third.revision]).toEqual([1, 2, 2]);
      expect(first.position < second.position && second.position < third.position).toBe(true);
      const stored = await store().events.read(a, 0, 10);
      expect(stored.map(({ revision }) => revision)).toEqual([0, 1, 2]);
      expect(stored.at(-1)?.position).toBe(third.position);
    });

    test("of many appends racing at one revision exactly one wins, in a new and in a standing stream", async () => {
      const stream = runStream();
      for (const expected of ["none", 1, 3] as const) {
        const racing = Array.from({ length: 20 }, () => store().events.append(stream, expected, events(2)));
        const { won, conflicts } = await outcomes(racing);
        expect([won.length, conflicts]).toEqual([1, 19]);
      }
      expect((await store().events.read(stream, 0, 100)).map((e) => e.revision)).toEqual([0, 1, 2, 3, 4, 5]);
    });

    test("a revision that is not the stream's last is a conflict, and writes nothing", async () => {
      const stream = runStream();
      await store().events.append(stream, "none", events(3));
      for (const expected of ["none", 0, 1, 3, 100] as const) {
        const refused = await store()
          .events.append(stream, expected, [event()])
          .catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(VersionConflict);
        expect(refused).toMatchObject({ code: "VERSION_CONFLICT", stream, expected });
      }
      expect((await store().events.readAll("start", 10)).events).toHaveLength(3);
      const unknown = store().events.append(runStream(), 0, [event()]);
      await expect(unknown).rejects.toBeInstanceOf(VersionConflict);
    });

    test("the same append again has the same answer and adds nothing, also when the stream has moved on", async () => {
      const stream = runStream();
      await store().events.append(stream, "none", events(2));
      const given = events(3);
      const first = await store().events.append(stream, 1, given);
      expect(await store().events.append(stream, 1, given)).toEqual(first);
      await store().events.append(stream, 4, events(5));
      expect(await store().events.append(stream, 1, given)).toEqual(first);
      expect(await store().events.read(stream, 0, 100)).toHaveLength(10);
    });

    test("the same append twice at once is written once", async () => {
      const [stream, given] = [runStream(), events(3)];
      const twice = [1, 2].map(() => store().events.append(stream, "none", given));
      const [first, second] = await Promise.all(twice);
      expect(first).toEqual(second);
      expect(idsOf(await store().events.read(stream, 0, 10))).toEqual(idsOf(given));
    });

    test("any other overlap with what stands is a conflict", async () => {
      const [stream, other] = [runStream(), runStream()];
      const [a, b, c, d] = [event(), event(), event(), event()];
      await store().events.append(stream, "none", [a, b, c]);
      const overlaps = [
        store().events.append(stream, "none", [a, b, c, d]), // longer than what stands
        store().events.append(stream, "none", [b, a]), // another order
        store().events.append(stream, 0, [a, b]), // another place
        store().events.append(stream, 1, [c, d]), // half of it
        store().events.append(stream, 2, [d, a]), // a new event, then one that stands
        store().events.append(stream, 2, [b]), // at the right revision, but it stands already
        store().events.append(other, "none", [d, c]), // it stands in another stream
        store().events.append(other, "none", [d, d]), // twice in itself
      ];
      expect(await outcomes(overlaps)).toEqual({ won: [], conflicts: overlaps.length });
      expect((await store().events.readAll("start", 10)).events).toHaveLength(3);
      expect(await store().events.read(other, 0, 10)).toEqual([]);
      // Nothing of the refused ones lingers: d is still new, the other stream still empty.
      await store().events.append(other, "none", [d]);
      await store().events.append(stream, 2, [event()]);
    });

    test("a part of what stands, from its beginning, is the same append again", async () => {
      const [stream, [a, b, c]] = [runStream(), [event(), event(), event()]];
      await store().events.append(stream, "none", [a, b, c]);
      expect(await store().events.append(stream, "none", [a, b])).toMatchObject({ revision: 1 });
      expect(await store().events.append(stream, 1, [c])).toMatchObject({ revision: 2 });
    });

    test("among appends of one moment a conflict fails only its own", async () => {
      const streams = Array.from({ length: 20 }, () => runStream());
      const taken = event();
      await store().events.append(runStream(), "none", [taken]);
      const attempts = streams.flatMap((stream) => [
        store().events.append(stream, "none", events(2)),
        store().events.append(stream, 7, events(2)),
        store().events.append(runStream(), "none", [event(), taken]),
        store().events.append(stream, 1, events(1)),
      ]);
      const { won, conflicts } = await outcomes(attempts);
      expect([won.length, conflicts]).toEqual([40, 40]);
      const all = await store().events.readAll("start", 1000);
      expect(all.events).toHaveLength(1 + 20 * 3);
      for (const stream of streams) expect(await store().events.read(stream, 0, 10)).toHaveLength(3);
    });

    test("what one moment's appends to one stream build on each other is kept in order", async () => {
      const stream = runStream();
      const given = events(50);
      await Promise.all(
        given.map((one, i) => store().events.append(stream, i === 0 ? "none" : i - 1, [one])),
      );
      expect(idsOf(await store().events.read(stream, 0, 100))).toEqual(idsOf(given));
    });

    test("bytes that are not text come back as they went in", async () => {
      const stream = runStream();
      const every = Uint8Array.from({ length: 256 }, (_, i) => i);
      const given = event({ metadata: every.toReversed(), data: every, salt: every.slice(240) });
      await store().events.append(stream, "none", [given, event({ metadata: bytes(""), data: bytes("") })]);
      const [first, second] = await store().events.read(stream, 0, 2);
      expect(first).toMatchObject({ ...given, stream, revision: 0 });
      expect(second).toMatchObject({ metadata: bytes(""), data: bytes("") });
    });
  });
}
