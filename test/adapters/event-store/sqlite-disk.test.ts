// Devices that are full, fail, or may not be written: reported by name, with nothing half written, and survived.
import { rm, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sqliteStore } from "../../../src/adapters/event-store/index.ts";
import type { Store } from "../../../src/engine/ports/index.ts";
import { children } from "./children.ts";
import { folderPerTest } from "./folder.ts";
import { appendOneByOne, blob, event, events, idsOf, runStream } from "./samples.ts";
import { type Disk, smallDisk, whyNoSmallDisk } from "./small-disk.ts";

const noDisk = await whyNoSmallDisk();

describe("a disk that is full", () => {
  let disk: Disk | undefined;
  let stores: Store[] = [];
  const path = (name: string) => disk?.path(name) ?? "";
  const open = async (readOnly = false) => {
    const store = await sqliteStore({ path: path("log.db"), random: Math.random, readOnly });
    stores.push(store);
    return store;
  };
  const fill = async () => {
    for (let size = 2 ** 21; size >= 1; size = Math.floor(size / 2)) {
      await writeFile(path(`ballast-${size}`), new Uint8Array(size)).catch(expectNoSpace);
    }
  };
  const free = async () => {
    for (let size = 2 ** 21; size >= 1; size = Math.floor(size / 2)) await rm(path(`ballast-${size}`));
  };
  const expectNoSpace = (error: unknown) => expect(error).toMatchObject({ code: "ENOSPC" });

  beforeEach(async (context) => {
    if (noDisk) context.skip(noDisk);
    disk = await smallDisk("2m");
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    stores = [];
    await disk?.remove();
  });

  const full = {
    code: "PERSISTENCE_WRITE_FAILED",
    message: expect.stringMatching(/no space left for .*log\.db/),
  };
  const large = () => event({ data: new Uint8Array(100_000) });

  test("fails all appends of that moment, keeps what stands, and goes on when there is space again", async () => {
    const { events: log, blobs } = await open();
    const stream = runStream();
    const before = events(3);
    await log.append(stream, "none", before);
    await fill();
    const streams = Array.from({ length: 5 }, () => runStream());
    const given = streams.map(() => [large()]);
    const append = (i: number) => log.append(streams[i] ?? stream, "none", given[i] ?? []);
    const attempts = await Promise.allSettled(streams.map((_, i) => append(i)));
    for (const attempt of attempts) expect(attempt).toMatchObject({ status: "rejected", reason: full });
    const one = blob(new Uint8Array(200_000));
    await expect(blobs.put("main", one)).rejects.toMatchObject(full);

    expect(idsOf((await log.readAll("start", 100)).events)).toEqual(idsOf(before));
    expect(await log.head()).toBe(3n);
    await free();
    const repeated = await Promise.all(streams.map((_, i) => append(i)));
    expect(repeated.map(({ position }) => position)).toEqual([4n, 5n, 6n, 7n, 8n]);
    await blobs.put("main", one);
    expect(await blobs.has("main", one.hash)).toBe(true);
    expect(await log.append(stream, 2, events(1))).toMatchObject({ revision: 3, position: 9n });
  });

  test("fails no conflict that was found in the same moment as if it were one", async () => {
    const { events: log } = await open();
    const stream = runStream();
    await fill();
    const attempts = await Promise.allSettled([
      log.append(stream, "none", [large()]),
      log.append(stream, "none", events(1)),
    ]);
    for (const attempt of attempts) expect(attempt).toMatchObject({ status: "rejected", reason: full });
    await free();
    expect(await log.append(stream, "none", events(1))).toMatchObject({ revision: 0 });
  });

  test("makes no store, and the next attempt makes one", async () => {
    await fill();
    await expect(open()).rejects.toMatchObject(full);
    await free();
    await appendOneByOne((await open()).events, runStream(), 2);
  });

  test("is reported as such wherever in the opening it is met", async () => {
    for (const size of ["4k", "40k", "48k", "56k", "64k", "72k", "80k"]) {
      const tiny = await smallDisk(size);
      const opening = sqliteStore({ path: tiny.path("log.db"), random: Math.random });
      const [opened] = await Promise.allSettled([opening]);
      if (opened.status === "fulfilled") await opened.value.close();
      else expect([size, opened.reason]).toEqual([size, expect.objectContaining(full)]);
      await tiny.remove();
    }
  });

  test("lets a store be closed, and read again", async () => {
    const store = await open();
    await appendOneByOne(store.events, runStream(), 20);
    await fill();
    await expect(store.events.append(runStream(), "none", [large()])).rejects.toMatchObject(full);
    await store.close();
    await free();
    expect((await (await open()).events.readAll("start", 100)).events).toHaveLength(20);
  });

  test("a file system that may only be read is refused for writing, and can be read", async () => {
    const store = await open();
    await appendOneByOne(store.events, runStream(), 4);
    await store.close();
    await disk?.becomeReadOnly();
    await expect(open()).rejects.toMatchObject({
      code: "PERSISTENCE_WRITE_FAILED",
      message: expect.stringContaining("is on a read-only file system"),
    });
    expect((await (await open(true)).events.readAll("start", 10)).events).toHaveLength(4);
  });
});

describe("a device that fails in the middle of a log", () => {
  // The file system refuses to let any file grow beyond 400 KiB.
  const start = children({ shell: "trap '' XFSZ; ulimit -f 800;" });
  const folder = folderPerTest();

  test("is reported, and everything that was acknowledged before stands", async () => {
    const [path, stream] = [folder.path("log.db"), runStream()];
    const said = await start("write-large", path, stream).rest();
    expect(said.at(-1)).toMatch(/^PERSISTENCE_WRITE_FAILED: the device of .*log\.db failed/);
    const acknowledged = Number(said.at(-2));
    expect(acknowledged).toBeGreaterThan(2);
    const { events: log } = await folder.open(path);
    const stored = await log.read(stream, 0, 10_000);
    expect(stored).toHaveLength(acknowledged + 1);
    await log.append(stream, acknowledged, events(1));
  });
});
