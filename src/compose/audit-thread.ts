// The audit log's own thread (audit-growth.ts starts it): reads a store's file, and writes its tiles.
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { growthHere, tileFiles } from "../adapters/audit/index.ts";
import { sqliteStore } from "../adapters/event-store/index.ts";
import { systemRandom } from "../adapters/host/index.ts";

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

const random = systemRandom();
const { events } = await sqliteStore({ path, random: () => random.fraction(), readOnly: true });
const growth = growthHere({ events, tiles: tileFiles(tiles) });

parentPort?.on("message", (asked: unknown) => {
  const { from, most } = Asked.parse(asked);
  void growth.grow(from, most).then((grown) => parentPort?.postMessage(grown)); // a failure ends the thread, and is seen
});
