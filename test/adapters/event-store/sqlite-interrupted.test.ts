// A process was killed while SQLite wrote to the file with a journal beside it, as when the file is taken into use or left whole:
// whoever opens it next, if only to read, sees what was there before.
import { copyFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { sqliteDriver } from "../../../src/adapters/event-store/driver.ts";
import { folderPerTest } from "./folder.ts";
import { events, runStream } from "./samples.ts";

const folder = folderPerTest();

test.each([true, false])(
  "what was begun is undone by whoever opens it next: read-only %s",
  async (readOnly) => {
    const [path, copy, stream] = [folder.path("log.db"), folder.path("copy.db"), runStream()];
    await folder.written(path, (store) => store.events.append(stream, "none", events(5)));
    const { DatabaseSync } = await sqliteDriver();
    const writing = new DatabaseSync(path);
    writing.exec("PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN IMMEDIATE");
    writing.exec(
      "INSERT INTO blobs SELECT 'main', position, zeroblob(100000) FROM events; DELETE FROM events",
    );
    for (const suffix of ["", "-journal"]) await copyFile(`${path}${suffix}`, `${copy}${suffix}`); // as kill -9 leaves them
    writing.close();
    const { events: log } = await folder.open(copy, { readOnly });
    expect(await log.read(stream, 0, 10)).toHaveLength(5);
    expect(await folder.files()).not.toContain("copy.db-journal");
  },
);
