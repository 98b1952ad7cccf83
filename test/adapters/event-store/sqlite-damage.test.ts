// Files that were stores once: what is no longer whole is refused or named by who meets it, and never repaired.
import { readFile, rename, stat, truncate, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { execute, folderPerTest } from "./folder.ts";
import { blob, bytes, event, events, runStream } from "./samples.ts";

const folder = folderPerTest();

describe("damage", () => {
  const damaged = { code: "PERSISTENCE_INTEGRITY_ERROR", message: expect.stringContaining("is damaged") };

  /** Overwrites so many pages of 4 KiB from the middle of the file on. */
  async function overwrite(path: string, pages: number): Promise<void> {
    const content = await readFile(path);
    const middle = Math.floor(content.byteLength / 4096 / 2) * 4096;
    content.fill(0xff, middle, middle + pages * 4096);
    await writeFile(path, content);
  }

  test("a truncated file is refused", async () => {
    const path = folder.path("log.db");
    await folder.written(path, (store) => store.events.append(runStream(), "none", events(500)));
    await truncate(path, Math.floor((await stat(path)).size / 2));
    await folder.expectRefused(path, "PERSISTENCE_INTEGRITY_ERROR", "is damaged");
  });

  test("a broken page of a small file is found when it is opened", async () => {
    const path = folder.path("log.db");
    await folder.written(path, (store) => store.events.append(runStream(), "none", events(500)));
    await overwrite(path, 1);
    await folder.expectRefused(path, "PERSISTENCE_INTEGRITY_ERROR", "nothing was repaired");
  });

  test("broken pages of a large file are met by who reads them, who learns where; the rest stays readable", async () => {
    const path = folder.path("log.db");
    const stream = runStream();
    await folder.written(path, async ({ events: log }) => {
      const given = Array.from({ length: 20 }, () => event({ data: new Uint8Array(2_500).fill(65) }));
      for (let at = -1; at < 4_999; at += 20) {
        await log.append(
          stream,
          at < 0 ? "none" : at,
          given.map((one) => ({ ...one, id: event().id })),
        );
      }
    });
    await overwrite(path, 40);
    const { events: log } = await folder.open(path);
    expect((await log.readAll("start", 100)).events).toHaveLength(100);
    const whole = log.readAll("start", 10_000);
    await expect(whole).rejects.toMatchObject(damaged);
    await expect(whole).rejects.toThrow(new RegExp(`${path}.* after ${stream}@\\d+ at position \\d+`));
    await expect(log.read(stream, 0, 10_000)).rejects.toMatchObject(damaged);
    expect((await log.readAll(4_900n, 1_000)).events).toHaveLength(100);
  });

  test("a blob whose bytes have changed is not handed out", async () => {
    const path = folder.path("log.db");
    const one = blob(bytes(`marked ${"x".repeat(1_000)}`));
    await folder.written(path, (store) => store.blobs.put("main", one));
    const content = await readFile(path);
    content.write("changed", content.indexOf("marked "));
    await writeFile(path, content);
    const reading = (await folder.open(path)).blobs.get("main", one.hash);
    await expect(reading).rejects.toMatchObject(damaged);
    await expect(reading).rejects.toThrow(one.hash);
  });

  test("a log that says less of itself than it holds is refused", async () => {
    const path = folder.path("log.db");
    await folder.written(path, (store) => store.events.append(runStream(), "none", events(5)));
    await execute(path, "UPDATE log SET head = 3");
    await folder.expectRefused(path, "PERSISTENCE_INTEGRITY_ERROR", "its head is 3, its last event 5");
  });

  test("an event that stands before the beginning of the log, where only its stream would find it, is refused", async () => {
    const path = folder.path("log.db");
    const stream = runStream();
    await folder.written(path, (store) => store.events.append(stream, "none", events(5)));
    const log = (await folder.open(path)).events;
    await execute(path, "UPDATE events SET position = -3 WHERE position = 5");
    await expect(log.read(stream, 0, 10)).rejects.toThrow(`${stream}@3 at position 4`);
    await folder.expectRefused(path, "PERSISTENCE_INTEGRITY_ERROR", "its first event is at position -3");
  });

  test("an event that stands before what came before it in its stream is not read as if it followed", async () => {
    const path = folder.path("log.db");
    const [first, second] = [runStream(), runStream()];
    await folder.written(path, async (store) => {
      await store.events.append(first, "none", events(2));
      await store.events.append(second, "none", events(2));
      await store.events.append(second, 1, events(1));
    });
    await execute(path, "DELETE FROM events WHERE position = 1");
    await execute(path, "UPDATE events SET position = 1 WHERE position = 5");
    const reading = (await folder.open(path)).events.read(second, 0, 10);
    await expect(reading).rejects.toThrow(`${second}@1 at position 4`);
  });

  test("a stream with a hole is not read as if it were whole", async () => {
    const path = folder.path("log.db");
    const stream = runStream();
    await folder.written(path, (store) => store.events.append(stream, "none", events(5)));
    await execute(path, "DELETE FROM events WHERE revision = 2");
    const reading = (await folder.open(path)).events.read(stream, 0, 10);
    await expect(reading).rejects.toThrow(`${stream}@1 at position 2`);
  });

  test("a file that was moved away while it was open takes nothing more, and says so", async () => {
    const [path, stream] = [folder.path("log.db"), runStream()];
    const { events: log } = await folder.open(path);
    await log.append(stream, "none", events(2));
    await rename(path, folder.path("elsewhere.db"));
    const refused = {
      code: "PERSISTENCE_WRITE_FAILED",
      message: expect.stringContaining("moved or deleted"),
    };
    await expect(log.append(stream, 1, events(1))).rejects.toMatchObject(refused);
    await writeFile(path, "another");
    await expect(log.append(stream, 1, events(1))).rejects.toMatchObject(refused);
    await rename(folder.path("elsewhere.db"), path);
    expect(await log.append(stream, 1, events(1))).toMatchObject({ revision: 2 });
  });
});
