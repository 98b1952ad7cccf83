// Runs that leave a store, as bundles: a file for each, which anybody can verify as long as it exists.
//
// 1. What is kept is what was read back from the disk, verified like any bundle, and complete.
// 2. A file appears under its name whole or not at all, and one that is whole is never written over.
// 3. The leaves that prove it are durable before anybody is told that it is kept: nothing else will hold them then.
import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { link, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { GleitzeitError, instantOf, type RunId, runStream } from "../../domain/index.ts";
import { type Archived, type Archives, lastOf } from "../../engine/ports/index.ts";
import { archivesIn } from "./archive-files.ts";
import { archivedIn } from "./archived-in.ts";
import { type AuditingParts, checkpointOfAll, durableHead, signedTiles, vkeysIn } from "./auditing.ts";
import type { Auditor } from "./auditor.ts";
import { bundleOf } from "./bundle-writer.ts";
import { type NoteKey, vkeyOf } from "./verifier/note.ts";

/** After that long nobody is writing it any more. */
const LEFT_BEHIND_MS = 3_600_000;

export type ArchiveParts = AuditingParts & {
  readonly folder: string;
  /** Of this process; asked for when something has to be signed. */
  readonly auditor: () => Auditor;
};

export function archives(parts: ArchiveParts): Archives {
  const { folder, clock } = parts;
  const known = new Map<string, Archived>();

  const read = async (file: string): Promise<Archived | undefined> => {
    const path = join(folder, file);
    if (!(await isThere(path))) return undefined;
    const found = await archivedIn(file, () => createReadStream(path), await trusted(parts));
    return "problem" in found ? undefined : found;
  };

  const write = async (file: string, run: RunId, tenant: string): Promise<Archived> => {
    const draft = join(folder, `.${file}.${randomUUID()}`);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await written(draft, await linesOf(parts, run, tenant));
      const archived = await archivedIn(file, () => createReadStream(draft), await trusted(parts));
      if ("problem" in archived) {
        const others = await read(file); // somebody else was first, and the run says so already
        if (others) return others;
        throw broken(draft, archived.problem.message);
      }
      return (await placed(draft, join(folder, file), () => read(file))) ?? archived;
    } catch (error) {
      if (error instanceof GleitzeitError) throw error;
      throw unwritable(join(folder, file), error);
    } finally {
      await rm(draft, { force: true });
    }
  };

  return {
    place: folder,
    keep: async (run, tenant) => {
      const file = `${run}.bundle`;
      await withoutDrafts(folder, clock.now());
      const archived = (await read(file)) ?? (await write(file, run, tenant));
      await synced(folder);
      await parts.tiles.sync();
      known.set(file, archived);
      return archived;
    },
    signed: () => durableHead(parts, parts.auditor()),
    look: async (file, sha256) => {
      const archived = known.get(file) ?? (await read(file));
      return archived?.sha256 === sha256 && (await isThere(join(folder, file))) ? archived : undefined;
    },
    all: () => archivesIn(folder),
    remove: async (file) => {
      known.delete(file);
      try {
        await rm(join(folder, file), { force: true });
        await synced(folder);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new GleitzeitError(
          "PERSISTENCE_WRITE_FAILED",
          `the archive ${join(folder, file)} cannot be deleted: ${why}`,
          { cause: error },
        );
      }
    },
  };
}

/** Under the last checkpoint if that covers the run, else under a new one. */
async function linesOf(parts: ArchiveParts, run: RunId, tenant: string): Promise<AsyncIterable<string>> {
  const stream = runStream(run, tenant);
  const end = await lastOf(parts.events, stream);
  if (!end) throw new GleitzeitError("RUN_NOT_FOUND", `no run ${run}`);
  const before = (await vkeysIn(parts))?.last?.upTo ?? "start";
  if (before === "start" || before < end.position) await checkpointOfAll(parts, parts.auditor());
  const found = await vkeysIn(parts);
  if (!found?.last || found.last.upTo === "start") throw new Error("a log with runs was not signed");
  const { origin, current, old, last } = found;
  const reading = await signedTiles(parts);
  return bundleOf(
    {
      ...parts,
      reading,
      origin,
      vkeys: { current, old },
      checkpoint: { ...last, upTo: BigInt(last.upTo) },
      createdAt: instantOf(parts.clock.now()),
    },
    { run, stream, children: true },
    undefined,
  );
}

async function trusted(parts: ArchiveParts): Promise<readonly NoteKey[]> {
  const found = await vkeysIn(parts);
  const texts = found ? [found.current, ...found.old] : [];
  return texts.map((text) => vkeyOf(text)).filter((key) => key !== undefined);
}

const CHUNK = 256 * 1024;

async function written(path: string, lines: AsyncIterable<string>): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    let text = "";
    for await (const line of lines) {
      text += line;
      if (text.length < CHUNK) continue;
      await handle.writeFile(text);
      text = "";
    }
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What another process has placed meanwhile, if that is whole; what is broken makes room. */
async function placed(
  draft: string,
  path: string,
  standing: () => Promise<Archived | undefined>,
): Promise<Archived | undefined> {
  try {
    await link(draft, path);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const found = await standing();
  if (!found) await rename(draft, path);
  return found;
}

async function synced(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

async function withoutDrafts(folder: string, now: number): Promise<void> {
  const names = await readdir(folder).catch(() => []); // it is made when something is written
  for (const name of names.filter((one) => one.startsWith(".") && one.includes(".bundle."))) {
    const path = join(folder, name);
    if (!(await isThere(path))) continue;
    const { mtimeMs } = await stat(path);
    if (now - mtimeMs > LEFT_BEHIND_MS) await rm(path, { force: true });
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
      throw unwritable(path, error);
    },
  );

const broken = (path: string, why: string): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `${path} was written and does not verify (${why}): nothing is removed; \`gleitzeit audit verify\` says what is wrong with the log, or the disk is failing`,
  );

const unwritable = (path: string, error: unknown): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_WRITE_FAILED",
    `the archive ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}; nothing is removed`,
    { cause: error },
  );
