// Archives whose own time is over are deleted: an archive is the last copy of what a run was given and came to, and a policy
// that never destroys it keeps personal data for ever.
//
// 1. Only what the log says is an archive here, of a run of which nothing is left in the store, and which has the sum that
//    it was written with, is deleted. What else lies in the folder is somebody else's.
// 2. The log says it first. If this is stopped before the file is gone, the next one finds it there and said.
import {
  type ErrorInfo,
  errorInfo,
  errorInfoOf,
  type Instant,
  type Millis,
  millisOf,
  type RunEventOf,
  RunId,
  runStream,
  schemaVersion,
} from "../../domain/index.ts";
import { archiveOf, deletedAt, leftRun } from "../log/left-run.ts";
import { type Archives, type Clock, type EventStore, VersionConflict } from "../ports/index.ts";
import { holdsOf } from "../subjects/holds.ts";
import { noted } from "../subjects/noted.ts";
import type { RetentionKit } from "./kit.ts";

export type OldArchive = { readonly run: RunId; readonly archive: string; readonly archivedAt: Instant };
export type OldArchives = {
  readonly due: readonly OldArchive[];
  /** Past their time, but of runs or persons that are held. */
  readonly held: readonly OldArchive[];
};
export type Discarded = {
  readonly deleted: readonly (OldArchive & { readonly events: number })[];
  readonly held: readonly OldArchive[];
  readonly failed: readonly (OldArchive & { readonly error: ErrorInfo })[];
};

type Looking = {
  readonly events: EventStore;
  readonly clock: Pick<Clock, "now">;
  readonly tenant: string;
  /** Undefined where runs have no place to leave for. */
  readonly archives: Pick<Archives, "all"> | undefined;
};

/** In the order of their names. */
export async function oldArchives(
  { events, clock, tenant, archives }: Looking,
  afterMs: Millis | undefined,
): Promise<OldArchives> {
  const [due, held]: [OldArchive[], OldArchive[]] = [[], []];
  if (afterMs === undefined || !archives) return { due, held };
  const holds = await holdsOf(events, tenant);
  const heldTrees = new Set<RunId>();
  for (const run of holds.runs) {
    const archive = await archiveOf(events, runStream(RunId.parse(run), tenant));
    if (archive) heldTrees.add(archive.tree);
  }
  for (const file of await archives.all()) {
    const named = RunId.safeParse(file.replace(/\.bundle$/, ""));
    const run = named.success ? named.data : undefined;
    const left = run && (await leftRun(events, runStream(run, tenant)));
    if (!left?.isSwept || left.archive.archive !== file || left.archive.tree !== run) continue;
    const one = { run, archive: file, archivedAt: left.archivedAt };
    if (clock.now() - millisOf(left.archivedAt) < afterMs) continue;
    const { subject } = left.archive;
    const isHeld = heldTrees.has(run) || (subject !== undefined && holds.subjects.has(subject));
    (isHeld ? held : due).push(one);
  }
  return { due, held };
}

export async function discard(kit: RetentionKit, afterMs: Millis | undefined): Promise<Discarded> {
  const { due, held } = await oldArchives(kit, afterMs);
  const deleted: Discarded["deleted"][number][] = [];
  const failed: Discarded["failed"][number][] = [];
  for (const one of due) {
    try {
      const events = await discardOne(kit, one);
      if (events === undefined) failed.push({ ...one, error: another(kit, one) });
      else deleted.push({ ...one, events });
    } catch (error) {
      failed.push({ ...one, error: errorInfoOf(error) });
    }
  }
  return { deleted, held, failed };
}

/** How many events it held; undefined where the file is another one than was written. */
async function discardOne(
  kit: RetentionKit,
  { run, archive: file }: OldArchive,
): Promise<number | undefined> {
  const { events, archives, tenant } = kit;
  const stream = runStream(run, tenant);
  const left = await leftRun(events, stream);
  if (!left) return undefined;
  const { subject: _, ...data } = left.archive;
  if ((await deletedAt(events, stream, left.archive)) === undefined) {
    if (!(await archives.look(file, data.sha256))) return undefined;
    await say(kit, stream, left.revision, data);
  }
  await archives.remove(file);
  return data.events;
}

async function say(
  kit: RetentionKit,
  stream: ReturnType<typeof runStream>,
  after: number,
  data: RunEventOf<"ArchiveDeleted">["data"],
): Promise<void> {
  const event = noted(
    kit,
    { type: "ArchiveDeleted", data: { ...data } },
    schemaVersion("ArchiveDeleted"),
    kit,
  );
  try {
    await kit.events.append(stream, after, [event]);
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error; // another one has said so meanwhile
  }
}

const another = ({ archives }: RetentionKit, { archive }: OldArchive): ErrorInfo =>
  errorInfo(
    "PERSISTENCE_INTEGRITY_ERROR",
    `${archive} in ${archives.place} is not as it was written, or cannot be read: look at it, and remove it by hand`,
  );
