// A run leaves for an archive: first the archive, whole and verified, then the log says so. Nothing is removed here.
import {
  GleitzeitError,
  type RunEventOf,
  type RunId,
  runOfStream,
  schemaVersion,
} from "../../domain/index.ts";
import { submissionOf } from "../log/history.ts";
import { type Archived, type ArchivedStream, VersionConflict } from "../ports/index.ts";
import { holdsOf } from "../subjects/holds.ts";
import { noted } from "../subjects/noted.ts";
import type { RetentionKit } from "./kit.ts";
import type { OverdueRun } from "./plan.ts";

export type ArchivedRun = OverdueRun & { readonly archive: string; readonly events: number };

/** Undefined for a run that was held meanwhile. */
export async function archive(kit: RetentionKit, over: OverdueRun): Promise<ArchivedRun | undefined> {
  const archived = await kit.archives.keep(over.run, kit.tenant);
  if (await isHeld(kit, archived)) return undefined;
  // The run itself comes last: whoever is stopped before that finds it again where it was.
  for (const stream of archived.streams.toReversed()) await say(kit, over.run, archived, stream);
  const events = archived.streams.reduce((sum, { events: some }) => sum + some, 0);
  return { ...over, archive: archived.file, events };
}

async function isHeld({ events, tenant }: RetentionKit, { streams }: Archived): Promise<boolean> {
  const holds = await holdsOf(events, tenant);
  if (holds.runs.size + holds.subjects.size === 0) return false;
  for (const { stream } of streams) {
    const subject = (await submissionOf(events, stream))?.event.data.subject;
    const run = runOfStream(stream);
    if (run && holds.runs.has(run)) return true;
    if (subject !== undefined && holds.subjects.has(subject)) return true;
  }
  return false;
}

/** Once for each stream, whoever says it. */
async function say(
  kit: RetentionKit,
  tree: RunId,
  { file, sha256, size, root }: Archived,
  { stream, events, firstLeaf, lastLeaf }: ArchivedStream,
): Promise<void> {
  const subject = (await submissionOf(kit.events, stream))?.event.data.subject;
  const data: RunEventOf<"RunArchived">["data"] = {
    archive: file,
    sha256,
    tree,
    size,
    root,
    first: firstLeaf,
    last: lastLeaf,
    events,
    ...(subject !== undefined && { subject }),
  };
  const event = noted(kit, { type: "RunArchived", data: { ...data } }, schemaVersion("RunArchived"), kit);
  try {
    await kit.events.append(stream, events - 1, [event]);
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    const [next] = await kit.events.read(stream, events, 1);
    if (next?.type === "RunArchived") return;
    throw new GleitzeitError("WORKFLOW_INVALID_STATE", `run ${tree} went on while it was archived: it stays`);
  }
}
