// The driver is synchronous, so who reads a long run could keep everybody else of the process waiting to its end: a server
// would not even say that it lives.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sqliteStore } from "../../../src/adapters/event-store/index.ts";
import type { EventStore } from "../../../src/engine/ports/index.ts";
import { events as made, runStream } from "./samples.ts";

const [PAGES, PAGE] = [10, 200];
const stream = runStream();
let folder: string;
let events: EventStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gleitzeit-room-"));
  ({ events } = await sqliteStore({ path: join(folder, "log.db"), random: Math.random }));
  for (let i = 0; i < PAGES; i += 1) await events.append(stream, i * PAGE - 1, made(PAGE));
});
afterAll(async () => {
  await events.close();
  await rm(folder, { recursive: true });
});

/** How often others had their turn meanwhile. */
async function turnsDuring(work: () => Promise<void>): Promise<number> {
  let [turns, isOver] = [0, false];
  const tick = (): void => {
    turns += 1;
    if (!isOver) setImmediate(tick);
  };
  setImmediate(tick);
  await work();
  isOver = true;
  return turns;
}

const revisions = Array.from({ length: PAGE }, (_, i) => i);

test.each<[string, (page: number) => Promise<unknown>]>([
  ["read", (page) => events.read(stream, page * PAGE, PAGE)],
  [
    "readMany",
    (page) =>
      events.readMany(
        stream,
        revisions.map((one) => page * PAGE + one),
      ),
  ],
  ["readAll", (page) => events.readAll(page === 0 ? "start" : BigInt(page * PAGE), PAGE)],
])("%s: others have their turn between the pages of a long run", async (_, page) => {
  const turns = await turnsDuring(async () => {
    for (let i = 0; i < PAGES; i += 1) await page(i);
  });
  expect(turns).toBeGreaterThanOrEqual(PAGES);
});
