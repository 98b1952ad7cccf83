// Tiles that a crash, a disk or somebody has spoiled are made again of the log; where the log has not got everything any more,
// nothing is written over what alone has it. A kept checkpoint that cannot be read stops signing, and can be answered for.
import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  acceptRollback,
  checkpointOfAll,
  keptNotes,
  proof,
  tileFiles,
  verifyWhole,
} from "../../../src/adapters/audit/index.ts";
import { memoryStore, tenantOfStream } from "../../../src/adapters/event-store/index.ts";
import { systemClock } from "../../../src/adapters/host/index.ts";
import { partsOn, signerOn, written } from "./signers.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gz-mended-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const tile = (name: string): string => join(folder, "tiles", name);

async function signedLog() {
  const { events, blobs } = memoryStore();
  const gone = new Set<string>();
  const readAll: typeof events.readAll = async (...asked) => {
    const page = await events.readAll(...asked);
    return { ...page, events: page.events.filter(({ stream }) => !gone.has(stream)) };
  };
  const parts = {
    ...partsOn({ ...events, readAll }),
    tiles: tileFiles(join(folder, "tiles")),
    kept: keptNotes(join(folder, "kept")),
    blobs,
    tenantOf: tenantOfStream,
    clock: systemClock(),
  };
  await written(events, 400);
  await signerOn(parts).sign();
  const found = async () => (await verifyWhole(parts, [], [], () => undefined)).problems;
  return { parts, events, gone, found };
}

test.each([
  ["cut short", () => truncate(tile("positions"), 16)],
  ["gone", () => rm(tile("positions"))],
  ["other bytes", () => writeFile(tile("positions"), Buffer.alloc(401 * 8, 3))],
])("places of events that are %s are made again by whoever signs next", async (_, spoil) => {
  const { parts, events, found } = await signedLog();
  await spoil();
  await written(events, 5);
  expect(await signerOn(parts).sign()).toMatchObject({ kind: "signed", checkpoint: { size: 406 } });
  expect(await found()).toEqual([]);
});

test("tiles that are gone are made again for whoever needs them, also where nothing new is to be signed", async () => {
  const { parts, events, found } = await signedLog();
  const [event] = (await events.readAll("start", 1)).events;
  const checkpoint = await checkpointOfAll(parts, signerOn(parts));
  await rm(join(folder, "tiles"), { recursive: true });
  expect((await proof(parts, checkpoint, event?.id ?? "")).index).toBe(0);
  expect(await found()).toEqual([]);
  await rm(join(folder, "tiles"), { recursive: true });
  await checkpointOfAll(parts, signerOn(parts));
  expect(await found()).toEqual([]);
});

test("of a log that events have left nothing is made anew: the leaves that only tiles have stay", async () => {
  const { parts, events, gone } = await signedLog();
  for (const { stream } of (await events.readAll("start", 2)).events) gone.add(stream);
  const [hashes, entries] = [tile("tile/0/001"), tile("tile/entries/001")];
  const bytes = await readFile(hashes);
  bytes.writeUInt8((bytes[100] ?? 0) ^ 1, 100);
  await writeFile(hashes, bytes);
  const before = await readFile(entries);
  await written(events, 5);
  await expect(signerOn(parts).sign()).rejects.toThrow(/what has left it is damaged in .*from a backup/);
  expect(await readFile(entries)).toEqual(before);
  expect(await readFile(hashes)).toEqual(bytes);
});

test("a kept checkpoint that cannot be read is found, stops signing, and is answered for with another key", async () => {
  const { parts, events, found } = await signedLog();
  const { origin, note } = await checkpointOfAll(parts, signerOn(parts));
  await writeFile(parts.kept.fileOf(origin), note.slice(0, 20));
  await written(events, 5);
  await expect(signerOn(parts).sign()).rejects.toThrow(/holds no checkpoint; .*accept-rollback/);
  expect(await found()).toMatchObject([
    { kind: "altered checkpoint", message: expect.stringContaining("holds no") },
  ]);
  await acceptRollback(parts, "the disk was full");
  expect(await signerOn(parts).sign()).toMatchObject({ kind: "signed", isAll: true });
  expect(await found()).toEqual([]);
});
