// Erasing a person: the key is destroyed, what is under way is ended, and the log says that it was done.
//
// 1. The log says first that it was asked for, so that another process finishes it where this one dies.
// 2. Then the key goes, and the list of destroyed keys before the key: from then on nobody can read anything.
// 3. Endpoints of webhooks that were sent anything are looked for after that, so that none is forgotten: they are told.
// 4. Whatever is done again does only what is not done yet.
import {
  type Actor,
  GleitzeitError,
  isFinal,
  type RunId,
  runStream,
  SUBJECT_EVENT_VERSION,
  type SubjectEvent,
  subjectStream,
} from "../../domain/index.ts";
import type { RunRow } from "../../projections/index.ts";
import { lastRevision, submissionOf } from "../log/history.ts";
import { type EventStore, type ReadModels, type SubjectKeys, VersionConflict } from "../ports/index.ts";
import { endpointsSent } from "../webhooks/sent-about.ts";
import { holdsOf } from "./holds.ts";
import { type Noting, noted } from "./noted.ts";
import { finished, openRequests, requested } from "./requests.ts";
import { type SubjectStory, storyOf } from "./story.ts";
import { runsOf } from "./subject-runs.ts";

export type ErasingKit = Noting & {
  readonly events: EventStore;
  readonly seals: Pick<SubjectKeys, "destroy">;
  readonly readModels: () => Promise<Pick<ReadModels, "runs">>;
  /** Ends a run of that person which is not over, whoever drives it. */
  readonly end: (run: RunId) => Promise<void>;
};

export type ErasureRequest = {
  readonly tenant: string;
  /** The pseudonym. */
  readonly subject: string;
  readonly actor: Actor;
  readonly reason: string;
};

type Erased = Extract<SubjectEvent, { type: "SubjectErased" }>["data"];
export type ErasureCounts = Erased["counts"];
type Found = Pick<Erased, "keys" | "counts"> & { readonly endpoints: readonly string[] };

export type Erasure =
  | {
      readonly kind: "erased";
      readonly request: string;
      readonly counts: ErasureCounts;
      /** Of webhooks, which were sent something of it and are told. */
      readonly endpoints: readonly string[];
      /** False when all of it was done before; then nothing was written. */
      readonly isNew: boolean;
    }
  /** Of the person, or of runs of theirs. */
  | { readonly kind: "deferred"; readonly request: string; readonly held: "subject" | readonly RunId[] }
  | { readonly kind: "unknown" };

export async function erase(kit: ErasingKit, request: ErasureRequest): Promise<Erasure> {
  const { tenant, subject } = request;
  const runs = await runsOf(kit, tenant, subject);
  const held = await holdersOf(kit.events, request, runs);
  const story = await storyOf(kit.events, tenant, subject);
  const begun = (await openRequests(kit.events, tenant)).open.get(subject)?.request;
  if (held) return { kind: "deferred", request: await deferred(kit, request, story, begun), held };
  const known = await keysOf(kit.events, tenant, runs);
  const open = runs.filter(({ status }) => !isFinal(status));
  const isLeft = known.some((key) => !isSaid(story, key)) || open.length > 0;
  const id = requestIn(story) ?? begun ?? kit.random.eventId();
  const asked = isLeft ? await requested(kit, { ...request, request: id }, request) : id;
  const keys = await kit.seals.destroy(tenant, subject, known);
  if (keys.length === 0 && runs.length === 0) return { kind: "unknown" };
  const recorded = await record(kit, request, asked, {
    keys: [...keys],
    counts: await countsOf(kit.events, tenant, runs, open.length),
    endpoints: await endpointsSent(
      kit.events,
      tenant,
      new Set(runs.map(({ run }) => runStream(run, tenant))),
    ),
  });
  for (const { run } of open) await kit.end(run);
  if (isLeft || begun !== undefined) await finished(kit, { subject, request: asked }, request);
  return recorded;
}

async function holdersOf(
  events: EventStore,
  { tenant, subject }: ErasureRequest,
  runs: readonly RunRow[],
): Promise<"subject" | readonly RunId[] | undefined> {
  const holds = await holdsOf(events, tenant);
  if (holds.subjects.has(subject)) return "subject";
  const held = runs.flatMap(({ run }) => (holds.runs.has(run) ? [run] : []));
  return held.length > 0 ? held : undefined;
}

/** A request that waits already is the same request. */
async function deferred(
  kit: ErasingKit,
  { tenant, subject, actor, reason }: ErasureRequest,
  story: SubjectStory,
  begun: string | undefined,
): Promise<string> {
  const waiting = requestIn(story);
  if (waiting !== undefined) return waiting;
  const request = begun ?? kit.random.eventId();
  const event = { type: "ErasureDeferred", data: { subject, request, values: { reason } } };
  const bytes = noted(kit, event, SUBJECT_EVENT_VERSION, { tenant, actor });
  await kit.events.append(subjectStream(subject, tenant), story.head, [bytes]);
  return request;
}

/** The one that waits. */
function requestIn({ events }: SubjectStory): string | undefined {
  const last = events.at(-1);
  return last?.type === "ErasureDeferred" ? last.data.request : undefined;
}

const isSaid = ({ events }: SubjectStory, key: string): boolean =>
  events.some((event) => event.type === "SubjectErased" && event.data.keys.includes(key));

const TRIES = 20;

async function record(
  kit: ErasingKit,
  { tenant, subject, actor, reason }: ErasureRequest,
  asked: string,
  { keys, counts, endpoints }: Found,
): Promise<Erasure> {
  for (let tries = 1; ; tries += 1) {
    const story = await storyOf(kit.events, tenant, subject);
    const last = story.events.findLast((event) => event.type === "SubjectErased");
    if (last?.type === "SubjectErased" && keys.every((key) => isSaid(story, key))) {
      const { request: known, counts: before, endpoints: told = [] } = last.data;
      return { kind: "erased", request: known, counts: before, endpoints: told, isNew: false };
    }
    const request = requestIn(story) ?? asked;
    const data = {
      ...{ subject, request, keys, counts },
      ...(endpoints.length > 0 && { endpoints: [...endpoints] }),
      values: { reason },
    };
    const bytes = noted(kit, { type: "SubjectErased", data }, SUBJECT_EVENT_VERSION, { tenant, actor });
    try {
      await kit.events.append(subjectStream(subject, tenant), story.head, [bytes]);
      return { kind: "erased", request, counts, endpoints, isNew: true };
    } catch (error) {
      if (!(error instanceof VersionConflict) || tries === TRIES) throw error;
    }
  }
}

/** Those that the runs name, so that a key which is lost already counts as destroyed. */
async function keysOf(
  events: EventStore,
  tenant: string,
  runs: readonly RunRow[],
): Promise<readonly string[]> {
  const firsts = await Promise.all(runs.map(({ run }) => submissionOf(events, runStream(run, tenant))));
  return [...new Set(firsts.flatMap((first) => first?.event.data.sealed?.keyId ?? []))];
}

/** Only what stood in the log when it was counted: a run that goes on meanwhile is ended next. */
async function countsOf(
  events: EventStore,
  tenant: string,
  runs: readonly RunRow[],
  failed: number,
): Promise<ErasureCounts> {
  let count = 0;
  for (const { run } of runs) count += (await lastRevision(events, run, tenant)) + 1;
  return { runs: runs.length, events: count, failed };
}

export const nothingHeld = (): GleitzeitError =>
  new GleitzeitError(
    "RUN_NOT_FOUND",
    "nothing is held on that subject here: no run of it was ever recorded; is the name written as it was given to `run --subject`?",
  );
