// Processes that write and sign on one file, killed again and again; and whether all that any of them ever showed as signed
// is of one history.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "vitest";
import { keptNotes } from "../../../src/adapters/audit/kept-notes.ts";
import { keyFiles } from "../../../src/adapters/audit/key-ring.ts";
import { proving } from "../../../src/adapters/audit/proofs.ts";
import { tileFiles } from "../../../src/adapters/audit/tile-store.ts";
import { tileReading } from "../../../src/adapters/audit/tiles.ts";
import { type Head, isConsistent } from "../../../src/adapters/audit/verifier/merkle.ts";
import { checkpointIn, vkeyOf } from "../../../src/adapters/audit/verifier/note.ts";
import { sqliteStore } from "../../../src/adapters/event-store/index.ts";
import { checkpointsIn, ownIncarnation, partsOn, signerOn } from "./signers.ts";

const child = new URL("signing-child.mjs", import.meta.url).pathname;

/** One process after another, each killed at its `notes`-th checkpoint, until `isOver`. */
async function killedAgainAndAgain(
  folder: string,
  notes: () => number,
  shown: (note: string) => boolean,
): Promise<void> {
  for (let isOver = false; !isOver; ) {
    const running = spawn(process.execPath, [child, folder], { stdio: ["ignore", "pipe", "inherit"] });
    let left = notes();
    for await (const line of createInterface({ input: running.stdout })) {
      const note: unknown = JSON.parse(line);
      isOver = shown(String(note));
      left -= 1;
      if (left <= 0 || isOver) running.kill("SIGKILL");
    }
  }
}

/** `isEnough`: asked after each checkpoint that was shown. Gives how many checkpoints there were. */
export async function killedSigners(
  writers: number,
  isEnough: (signed: number) => boolean,
): Promise<{ readonly signed: number; readonly starts: number }> {
  const folder = await mkdtemp(join(tmpdir(), "gleitzeit-signers-"));
  const shown = new Set<string>();
  let starts = 0;
  let seen = 0;
  const all = Array.from({ length: writers }, (_, i) =>
    killedAgainAndAgain(
      folder,
      () => {
        starts += 1;
        return 1 + (i % 3);
      },
      (note) => {
        shown.add(note);
        seen += 1;
        return isEnough(seen);
      },
    ),
  );
  await Promise.all(all);
  const store = await sqliteStore({ path: join(folder, "log.db"), random: Math.random });
  const tiles = tileFiles(join(folder, "tiles"));
  const parts = {
    ...partsOn(store.events, ownIncarnation()),
    tiles,
    keys: keyFiles(join(folder, "keys")),
    kept: keptNotes(join(folder, "kept")),
  };
  const last = await signerOn(parts).sign(); // whoever comes next goes on from what the killed have left
  expect(last).toMatchObject({ kind: "signed", isAll: true });
  const logged = await checkpointsIn(store.events);
  const notes = new Set([...shown, ...logged.map(({ note }) => note)]);
  const [origin = ""] = await parts.keys.origins();
  const keys = (await parts.keys.of(origin)).flatMap(({ vkey }) => vkeyOf(vkey) ?? []);
  const heads = [...notes].map((note): Head => checkpointIn(note, origin, keys).checkpoint);
  const tree = proving(tileReading(tiles).nodes);
  for (const from of heads) {
    for (const to of heads.filter(({ size }) => size >= from.size)) {
      const path = await tree.consistency(from.size, to.size);
      expect(isConsistent(from, to, path), `${from.size} and ${to.size}`).toBe(true);
    }
  }
  for (const note of shown) expect(logged.map((one) => one.note)).toContain(note);
  await store.close();
  await rm(folder, { recursive: true });
  return { signed: heads.length, starts };
}
