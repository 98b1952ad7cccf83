// Runs that have left the store: where they went, and whether that is still there.
import {
  GleitzeitError,
  type Instant,
  type Revision,
  type RunEventOf,
  runOfStream,
  runStream,
  type StreamName,
} from "../../domain/index.ts";
import type { EventStore } from "../ports/index.ts";
import { decode } from "./decode.ts";

const PAGE = 1000;

export type Archive = RunEventOf<"RunArchived">["data"];

export type LeftRun = {
  readonly archive: Archive;
  readonly archivedAt: Instant;
  /** Of the event that says so. */
  readonly revision: Revision;
  /** Nothing stands before it any more. */
  readonly isSwept: boolean;
};

/** Where the events of a run lie that have left the store; undefined where they have not. */
export const archiveOf = async (events: EventStore, stream: StreamName): Promise<Archive | undefined> =>
  (await leftRun(events, stream))?.archive;

export async function leftRun(events: EventStore, stream: StreamName): Promise<LeftRun | undefined> {
  // Its first event, unless whoever removed the others was stopped in between.
  for (let next = 0; ; ) {
    const page = await events.read(stream, next, next === 0 ? 1 : PAGE);
    const last = page.at(-1);
    if (!last || last.revision === 0) return undefined;
    const said = page.find(({ type }) => type === "RunArchived");
    if (said) {
      const { event, recordedAt: archivedAt, revision } = decode(said);
      if (event.type !== "RunArchived") return undefined;
      return { archive: event.data, archivedAt, revision, isSwept: next === 0 };
    }
    next = last.revision + 1;
  }
}

/** When the archive of a run, or of the one that it is a part of, was deleted. */
export async function deletedAt(
  events: EventStore,
  stream: StreamName,
  { tree }: Archive,
): Promise<Instant | undefined> {
  const tenant = stream.slice("run-".length, stream.indexOf("."));
  const left = await events.read(runStream(tree, tenant), 0, 2); // where they went, and what became of that
  return left.map(decode).find(({ event }) => event.type === "ArchiveDeleted")?.recordedAt;
}

/** RUN_ARCHIVED, with what there is to be said of it; undefined for a run that has not left. */
export async function leftError(events: EventStore, stream: StreamName): Promise<GleitzeitError | undefined> {
  const archive = await archiveOf(events, stream);
  if (!archive) return undefined;
  const at = await deletedAt(events, stream, archive);
  const left = `run ${runOfStream(stream) ?? stream} has left the store for an archive, ${archive.archive}`;
  const rest =
    at === undefined
      ? ": `gleitzeit retention show` says where that is, and `gleitzeit verify` reads it"
      : `, which was deleted at ${at}, as \`retention.delete_archives_after\` says: nobody has it any more, and what was proven of it holds`;
  const details = { archive: archive.archive, ...(at !== undefined && { deletedAt: at }) };
  return new GleitzeitError("RUN_ARCHIVED", `${left}${rest}`, { details });
}
