import { describe, expect, test } from "vitest";
import type { Subject } from "../event-store.contract.ts";
import { blob, bytes, event, runStream } from "../samples.ts";

export function describeBlobs({ store }: Subject): void {
  describe("blobs", () => {
    test("put, has, get: the exact bytes, by tenant and hash", async () => {
      const every = blob(Uint8Array.from({ length: 1024 }, (_, i) => i % 256));
      await store().blobs.put("main", every);
      expect(await store().blobs.has("main", every.hash)).toBe(true);
      expect(await store().blobs.get("main", every.hash)).toEqual(every.bytes);
      expect(await store().blobs.has("acme", every.hash)).toBe(false);
      expect(await store().blobs.get("acme", every.hash)).toBeUndefined();
      expect(await store().blobs.get("main", blob(bytes("other")).hash)).toBeUndefined();
    });

    test("empty, and a few megabytes", async () => {
      for (const content of [new Uint8Array(0), new Uint8Array(5 * 1024 * 1024).fill(7)]) {
        const one = blob(content);
        await store().blobs.put("main", one);
        expect(Buffer.compare((await store().blobs.get("main", one.hash)) ?? bytes("none"), content)).toBe(0);
      }
    });

    test("the same blob again, one after the other and at once, is harmless", async () => {
      const one = blob(bytes("again"));
      await Promise.all([1, 2, 3].map(() => store().blobs.put("main", one)));
      await store().blobs.put("main", one);
      expect(await store().blobs.get("main", one.hash)).toEqual(one.bytes);
    });

    test("travel with an append, to the tenant of its stream", async () => {
      const [large, shared] = [blob(new Uint8Array(1024 * 1024).fill(1)), blob(bytes("shared"))];
      const given = [event({ blobs: [large, shared] }), event({ blobs: [shared] })];
      await store().events.append(runStream("acme"), "none", given);
      expect(await store().blobs.get("acme", shared.hash)).toEqual(shared.bytes);
      expect(await store().blobs.has("acme", large.hash)).toBe(true);
      expect(await store().blobs.has("main", shared.hash)).toBe(false);
    });

    test("of a refused append nothing is kept, of a repeated one nothing is missing", async () => {
      const [stream, refused, kept] = [runStream(), blob(bytes("refused")), blob(bytes("kept"))];
      const given = [event({ blobs: [kept] })];
      await store().events.append(stream, "none", given);
      await expect(store().events.append(stream, 5, [event({ blobs: [refused] })])).rejects.toThrow(stream);
      await expect(store().events.append(stream, 0, [event({ blobs: [refused] }), ...given])).rejects.toThrow(
        stream,
      );
      await store().events.append(stream, "none", given);
      expect(await store().blobs.has("main", refused.hash)).toBe(false);
      expect(await store().blobs.has("main", kept.hash)).toBe(true);
    });

    test("bytes that do not hash to the name are refused, alone and with an append", async () => {
      const wrong = { hash: blob(bytes("one")).hash, bytes: bytes("other") };
      const refusal = { code: "PERSISTENCE_WRITE_FAILED", message: expect.stringContaining(wrong.hash) };
      await expect(store().blobs.put("main", wrong)).rejects.toMatchObject(refusal);
      const stream = runStream();
      const append = store().events.append(stream, "none", [event({ blobs: [wrong] })]);
      await expect(append).rejects.toMatchObject(refusal);
      expect(await store().events.read(stream, 0, 1)).toEqual([]);
    });
  });
}
