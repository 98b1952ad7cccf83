// A log with what is kept of it elsewhere: its events and tiles, the checkpoint outside of the store, and the archives of runs
// that have left.
import { GleitzeitError } from "../../domain/index.ts";
import type { ArchiveReading } from "../../engine/index.ts";
import { type AuditingParts, vkeysIn } from "./auditing.ts";
import type { LogFinding } from "./log-problem.ts";
import { removedFrom } from "./removed-from.ts";
import { keptHead } from "./standing.ts";
import { type TimesBack, withTimes } from "./times-back.ts";
import { trustedKeys } from "./trusted-keys.ts";
import { type Unsigned, unsignedAfter } from "./unsigned.ts";
import type { NoteKey } from "./verifier/note.ts";
import { type LogVerdict, verifyLog } from "./verify-log.ts";

export type ArchivesKept = ArchiveReading & {
  readonly place: string;
  readonly all: () => Promise<readonly string[]>;
};

export type WholeVerdict = LogVerdict & {
  readonly timesBack: TimesBack | undefined;
  readonly unsigned: Unsigned | undefined;
  /** Of runs that have left, which the log does not say were deleted, and which are not where archives are. */
  readonly archivesGone: readonly string[];
};

export async function verifyWhole(
  parts: AuditingParts & { readonly archives?: ArchivesKept },
  vkeys: readonly string[],
  witnesses: readonly NoteKey[],
  progress: (done: number, all: number) => void,
): Promise<WholeVerdict> {
  const given = await trustedKeys(vkeys);
  const said = await saidIn(parts);
  const origin = given[0]?.name ?? said?.origin ?? (await parts.keys.origins())[0];
  const kept = origin === undefined ? undefined : await keptHead(parts.kept, origin);
  const place = origin === undefined ? "" : parts.kept.fileOf(origin);
  const outside = kept && kept !== "damaged" ? { ...kept, place } : undefined;
  const removed = removedFrom(parts.events);
  const { events, timesBack } = withTimes(parts.events);
  const { isRemoved } = removed;
  const verdict = await verifyLog({ ...parts, events, keys: given, witnesses, outside, isRemoved, progress });
  const archives = parts.archives ? await lookedAt(parts.archives, await removed.archives()) : NONE;
  const besides: readonly LogFinding[] = [
    ...(kept === "damaged"
      ? [{ kind: "altered checkpoint", message: `${place} holds no checkpoint` } as const]
      : []),
    ...archives.altered,
  ];
  return {
    ...verdict,
    problems: [...besides, ...verdict.problems],
    found: verdict.found + besides.length,
    timesBack: timesBack(),
    unsigned: await unsignedAfter(parts.events, said?.last?.upTo ?? "start"),
    archivesGone: archives.gone,
  };
}

type Looked = { readonly altered: readonly LogFinding[]; readonly gone: readonly string[] };
const NONE: Looked = { altered: [], gone: [] };

/** An archive that is not there may be somewhere else, where its owner has put it. One that is there is what it was. */
async function lookedAt(archives: ArchivesKept, sums: ReadonlyMap<string, string>): Promise<Looked> {
  if (sums.size === 0) return NONE;
  const there = new Set(await archives.all());
  const altered: LogFinding[] = [];
  for (const [file, sha256] of sums) {
    if (!there.has(file) || (await archives.open(file, sha256))) continue;
    altered.push({
      kind: "altered archive",
      message: `${file} in ${archives.place} is not as it was written`,
    });
  }
  return { altered, gone: [...sums.keys()].filter((file) => !there.has(file)) };
}

/** Undefined also where the log's own word cannot be read: that is for the verification to say. */
async function saidIn(parts: AuditingParts) {
  try {
    return await vkeysIn(parts);
  } catch (error) {
    if (error instanceof GleitzeitError && error.code === "PERSISTENCE_INTEGRITY_ERROR") return undefined;
    throw error;
  }
}
