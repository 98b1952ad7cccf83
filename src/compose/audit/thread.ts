// The audit log's own thread (growth.ts starts it): reads a store's file, and writes its tiles.
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { growthHere } from "../../adapters/audit/growth.ts";
import {
  FILE_MODE,
  type FileWriting,
  FOLDER_MODE,
  tileFiles,
  WRITING,
} from "../../adapters/audit/tile-store.ts";
import { sqliteStore } from "../../adapters/event-store/index.ts";
import { systemRandom } from "../../adapters/host/index.ts";

const { path, tiles } = z.object({ path: z.string(), tiles: z.string() }).parse(workerData);
const Position = z.bigint();
const Asked = z.object({
  from: z.object({
    size: z.number(),
    root: z.instanceof(Uint8Array),
    after: z.union([Position, z.literal("start")]),
    head: Position,
  }),
  most: z.number(),
});

/** Nobody else is on this thread, and to hand a few KiB to others takes longer than the system does to take them. */
const atOnce: FileWriting = {
  folder: async (folder) => {
    mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  },
  write: async (file, from, bytes) => {
    const handle = openSync(file, WRITING, FILE_MODE);
    try {
      for (let done = 0; done < bytes.length; )
        done += writeSync(handle, bytes, done, bytes.length - done, from + done);
    } finally {
      closeSync(handle);
    }
  },
};

const random = systemRandom();
const { events } = await sqliteStore({ path, random: () => random.fraction(), readOnly: true });
const growth = growthHere({ events, tiles: tileFiles(tiles, atOnce) });

parentPort?.on("message", (asked: unknown) => {
  const { from, most } = Asked.parse(asked);
  void growth.grow(from, most).then((grown) => parentPort?.postMessage(grown)); // a failure ends the thread, and is seen
});
