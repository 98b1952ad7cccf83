// A run as a user names it: its id, the name it was given with --id, or the beginning of its id.
import { GleitzeitError, RunId, runOfStream, runStream } from "../../domain/index.ts";
import { submissionOf } from "../log/history.ts";
import { namedRun } from "../submitting/submit.ts";
import type { Reading } from "./reading.ts";

/** Shorter beginnings would name another run tomorrow. */
const LEAST = 6;
const PAGE = 1000;
const SHOWN = 5;

export async function findRun(reading: Reading, text: string): Promise<RunId> {
  if (reading.server) return reading.server.find(text);
  const id = RunId.safeParse(text.toLowerCase());
  if (id.success && (await exists(reading, id.data))) return id.data;
  const named = reading.exists ? namedRun(await reading.keys(), reading.tenant, text) : undefined;
  if (named && (await exists(reading, named))) return named;
  const found = isBeginning(text) ? await runsBeginningWith(reading, text.toLowerCase()) : [];
  const [only, ...others] = found;
  if (only && others.length === 0 && (await exists(reading, only))) return only;
  if (only) {
    const some = found.slice(0, SHOWN).join(", ");
    const more = found.length > SHOWN ? ` and ${found.length - SHOWN} more` : "";
    throw new GleitzeitError(
      "USAGE_ERROR",
      `${text} is the beginning of ${found.length} runs: ${some}${more}`,
    );
  }
  const { place } = reading;
  const there = ` in ${place}; \`gleitzeit list\` shows the runs there`;
  throw new GleitzeitError(
    "RUN_NOT_FOUND",
    `no run ${text}${reading.exists ? there : `: ${noStore(place)}`}`,
  );
}

/** Where the store that was asked for is not there, which may be another than the one that was meant. */
export const noStore = (place: string): string =>
  `there is no store at ${place} yet; --store names another, and the first run makes it`;

/** RUN_ARCHIVED for one that has left the store. */
async function exists({ store, tenant }: Reading, run: RunId): Promise<boolean> {
  const stream = runStream(run, tenant);
  const [first] = await store.events.read(stream, 0, 1);
  if (first && first.revision > 0) await submissionOf(store.events, stream);
  return first !== undefined;
}

const isBeginning = (text: string): boolean => text.length >= LEAST && /^[0-9a-f-]+$/i.test(text);

/** Names of streams suffice: nothing is decoded. */
async function runsBeginningWith({ store, tenant }: Reading, beginning: string): Promise<readonly RunId[]> {
  const found = new Set<RunId>();
  const prefix = `run-${tenant}.`;
  for (let after = await pageOf(store, "start", prefix + beginning); ; ) {
    for (const { stream } of after.events) {
      const run = runOfStream(stream);
      if (run) found.add(run);
    }
    if (after.atHead) return [...found];
    after = await pageOf(store, after.next, prefix + beginning);
  }
}

const pageOf = ({ events }: Reading["store"], after: bigint | "start", prefix: string) =>
  events.readAll(after, PAGE, prefix);
