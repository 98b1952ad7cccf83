// Erasing a person: the key is destroyed, what is under way is ended, and the log says that it was done.
//
// 1. The key goes first, and the list of destroyed keys before the key: from then on nobody can read anything.
// 2. Endpoints of webhooks that were sent anything are looked for after that, so that none is forgotten: they are told.
// 3. Whatever is stopped in between is made good by asking again: each part does only what is not done yet.
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
  if (held) return { kind: "deferred", request: await deferred(kit, request, story), held };
  const keys = await kit.seals.destroy(tenant, subject, await keysOf(kit.events, tenant, runs));
  if (keys.length === 0 && runs.length === 0) return { kind: "unknown" };
  const open = runs.filter(({ status }) => !isFinal(status));
  const recorded = await record(kit, request, {
    keys: [...keys],
    counts: await countsOf(kit.events, tenant, runs, open.length),
    endpoints: await endpointsSent(
      kit.events,
      tenant,
      new Set(runs.map(({ run }) => runStream(run, tenant))),
    ),
  });
  for (const { run } of open) await kit.end(run);
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
  { events, head }: SubjectStory,
): Promise<string> {
  const last = events.at(-1);
  if (last?.type === "ErasureDeferred") return last.data.request;
  const request = kit.random.eventId();
  const event = { type: "ErasureDeferred", data: { subject, request, values: { reason } } };
  const bytes = noted(kit, event, SUBJECT_EVENT_VERSION, { tenant, actor });
  await kit.events.append(subjectStream(subject, tenant), head, [bytes]);
  return request;
}

const TRIES = 20;

async function record(
  kit: ErasingKit,
  { tenant, subject, actor, reason }: ErasureRequest,
  { keys, counts, endpoints }: Found,
): Promise<Erasure> {
  for (let tries = 1; ; tries += 1) {
    const { events, head } = await storyOf(kit.events, tenant, subject);
    const said = new Set(events.flatMap((event) => (event.type === "SubjectErased" ? event.data.keys : [])));
    const last = events.findLast((event) => event.type === "SubjectErased");
    if (last?.type === "SubjectErased" && keys.every((key) => said.has(key))) {
      const { request: known, counts: before, endpoints: told = [] } = last.data;
      return { kind: "erased", request: known, counts: before, endpoints: told, isNew: false };
    }
    const waiting = events.at(-1);
    const request = waiting?.type === "ErasureDeferred" ? waiting.data.request : kit.random.eventId();
    const data = {
      ...{ subject, request, keys, counts },
      ...(endpoints.length > 0 && { endpoints: [...endpoints] }),
      values: { reason },
    };
    const bytes = noted(kit, { type: "SubjectErased", data }, SUBJECT_EVENT_VERSION, { tenant, actor });
    try {
      await kit.events.append(subjectStream(subject, tenant), head, [bytes]);
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
