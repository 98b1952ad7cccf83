// Where leaves are made: a few here, many on a thread of their own, and here again when that thread fails.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { growthBeside } from "../../../dist/compose/audit/growth.js";
import { type Growth, growthHere } from "../../../src/adapters/audit/growth.ts";
import { tileFiles } from "../../../src/adapters/audit/tile-store.ts";
import { sqliteStore } from "../../../src/adapters/event-store/index.ts";
import { silent } from "../providers/call-context.ts";
import { checkpointsIn, partsOn, signerOn, written } from "./signers.ts";

test("many leaves are made by a thread that reads the file itself, and come to the same", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gleitzeit-growth-"));
  const path = join(folder, "log.db");
  const store = await sqliteStore({ path, random: Math.random });
  const { events } = store;
  const tiles = join(folder, "tiles");
  const parts = { ...partsOn(events), tiles: tileFiles(tiles) };
  const askedHere: number[] = [];
  const here: Growth = {
    grow: (from, most) => {
      askedHere.push(from.size);
      return growthHere(parts).grow(from, most);
    },
  };
  const warned: unknown[] = [];
  const log = { ...silent, warn: (_: object, message: string) => void warned.push(message) };
  const [good, bad] = [
    growthBeside(here, { path, tiles }, log),
    growthBeside(here, { path: `${path}.gone`, tiles }, log),
  ];

  await written(events, 3);
  await signerOn({ ...parts, growth: good }).sign();
  expect(askedHere).toEqual([0]); // few
  await written(events, 1500);
  expect(await signerOn({ ...parts, growth: good }).sign()).toMatchObject({ isAll: true });
  expect(askedHere).toEqual([0]);
  await written(events, 1200);
  expect(await signerOn({ ...parts, growth: bad }).sign()).toMatchObject({ isAll: true });
  expect(askedHere).toHaveLength(2);
  expect(warned).toEqual([expect.stringContaining("the audit log's thread failed")]);
  await written(events, 5);
  await signerOn({ ...parts, growth: good }).sign(); // the thread's tree is of before, and it takes up the one of now

  const last = (await checkpointsIn(events)).at(-1);
  const whole = { ...partsOn(events) };
  const fresh = await growthHere(whole).grow(
    { size: 0, root: new Uint8Array(0), after: "start", head: 1_000_000n },
    100_000,
  );
  expect({ size: String(fresh.size), root: Buffer.from(fresh.root).toString("base64") }).toEqual({
    size: last?.size,
    root: last?.root,
  });
  await Promise.all([good.close(), bad.close(), store.close()]);
  await rm(folder, { recursive: true });
});
