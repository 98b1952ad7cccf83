import { describe, expect, test } from "vitest";
import type { OpenStore, Subject } from "../event-store.contract.ts";
import { blob, bytes, event, events, idsOf, runStream } from "../samples.ts";

export function describeLifetime({ store }: Subject, open: OpenStore): void {
  describe("limits", () => {
    test("are those that every store keeps", () => {
      expect(store().events.limits).toEqual({ appendBytes: 512 * 1024, appendEvents: 500 });
    });

    test("the smallest and the largest appends are taken", async () => {
      const stream = runStream();
      const none = bytes("");
      await store().events.append(stream, "none", [event({ metadata: none, data: none })]);
      await store().events.append(stream, 0, events(500));
      const half = new Uint8Array(256 * 1024).fill(32);
      const largest = event({ metadata: half, data: half });
      await store().events.append(stream, 500, [largest]);
      const [stored] = await store().events.read(stream, 501, 1);
      expect([stored?.metadata.byteLength, stored?.data.byteLength]).toEqual([256 * 1024, 256 * 1024]);
    });

    test("beyond them an append is refused before anything is written", async () => {
      const stream = runStream();
      const half = new Uint8Array(256 * 1024);
      const tooLarge = [
        { given: [], says: "at least one event" },
        { given: events(501), says: "501 events" },
        { given: [event({ metadata: half, data: new Uint8Array(256 * 1024 + 1) })], says: "524289 bytes" },
        {
          given: [event({ data: half }), event({ data: half })],
          says: "at most 500 events and 524288 bytes",
        },
      ];
      for (const { given, says } of tooLarge) {
        await expect(store().events.append(stream, "none", given)).rejects.toMatchObject({
          code: "PERSISTENCE_WRITE_FAILED",
          message: expect.stringContaining(says),
        });
      }
      expect(await store().events.head()).toBe("start");
    });

    test("can be lowered", async () => {
      const low = await open({ appendBytes: 100, appendEvents: 2 });
      const { events: log } = low.store;
      expect(log.limits).toEqual({ appendBytes: 100, appendEvents: 2 });
      await log.append(runStream(), "none", events(2));
      await expect(log.append(runStream(), "none", events(3))).rejects.toThrow("3 events");
      await low.remove();
    });
  });

  describe("close", () => {
    test("finishes what was asked before it, and can be repeated", async () => {
      const appends = Array.from({ length: 50 }, () => store().events.append(runStream(), "none", events(3)));
      const put = store().blobs.put("main", blob(bytes("last")));
      await Promise.all([store().close(), store().events.close(), store().close()]);
      expect(await Promise.all(appends)).toHaveLength(50);
      await put;
      await store().close();
    });

    test("a closed store refuses everything, by name", async () => {
      const [stream, one] = [runStream(), blob(bytes("x"))];
      await store().events.append(stream, "none", events(1));
      await store().close();
      const refused = [
        () => store().events.append(stream, 0, events(1)),
        () => store().events.read(stream, 0, 1),
        () => store().events.readMany(stream, [0]),
        () => store().events.readAll("start", 1),
        () => store().events.head(),
        () => store().blobs.put("main", one),
        () => store().blobs.get("main", one.hash),
        () => store().blobs.has("main", one.hash),
      ];
      for (const use of refused) {
        await expect(use()).rejects.toMatchObject({
          code: "PERSISTENCE_CONNECTION_FAILED",
          message: expect.stringContaining("closed"),
        });
      }
    });

    test("an append while closing is either refused or durable", async () => {
      const stream = runStream();
      const first = events(2);
      const appended = store().events.append(stream, "none", first);
      const closed = store().close();
      const late = store().events.append(stream, 1, events(1));
      await expect(late).rejects.toMatchObject({ code: "PERSISTENCE_CONNECTION_FAILED" });
      expect(await appended).toMatchObject({ revision: 1 });
      expect(idsOf(first)).toHaveLength(2);
      await closed;
    });
  });
}
