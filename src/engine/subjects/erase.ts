// Erasing a person: the key is destroyed, what is under way is ended, and the log says that it was done.
//
// 1. The log says first that it was asked for, so that another process finishes it where this one dies.
// 2. Then the key goes, and the list of destroyed keys before the key: from then on nobody can read anything.
// 3. Endpoints of webhooks that were sent anything are looked for after that, so that none is forgotten: they are told.
// 4. Their name goes out of the directory before the log says that nothing is left to do.
// 5. Whatever is done again does only what is not done yet.
import {
  type Actor,
  GleitzeitError,
  isFinal,
  type RunId,
  runStream,
  SUBJECT_EVENT_VERSION,
  subjectStream,
} from "../../domain/index.ts";
import type { RunRow } from "../../projections/index.ts";
import { submissionOf } from "../log/history.ts";
import type { EventStore, NameEntries, ReadModels, SubjectKeys } from "../ports/index.ts";
import { endpointsSent } from "../webhooks/sent-about.ts";
import { countsOf, type Erased, isSaid, recordErased, requestIn } from "./erased.ts";
import { holdsOf } from "./holds.ts";
import { type Noting, noted } from "./noted.ts";
import { finished, type OpenRequest, openRequests, requested } from "./requests.ts";
import { type SubjectStory, storyOf } from "./story.ts";
import { runsOf } from "./subject-runs.ts";
import { waitingErasure } from "./waiting.ts";

export type ErasingKit = Noting & {
  readonly events: EventStore;
  readonly seals: Pick<SubjectKeys, "destroy">;
  readonly names?: Pick<NameEntries, "erase">;
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
  /** Of their entry in the directory of names. */
  readonly name?: string;
};

export type Erasure =
  | (Erased & Named)
  /** Of the person, or of runs of theirs. */
  | { readonly kind: "deferred"; readonly request: string; readonly held: "subject" | readonly RunId[] }
  | ({ readonly kind: "unknown" } & Named);

/** Whether their name was in the directory until now. */
type Named = { readonly isNamed: boolean };

export async function erase(kit: ErasingKit, request: ErasureRequest): Promise<Erasure> {
  const { tenant, subject } = request;
  const runs = await runsOf(kit, tenant, subject);
  const held = await holdersOf(kit.events, request, runs);
  const story = await storyOf(kit.events, tenant, subject);
  const begun = (await openRequests(kit.events, tenant)).open.get(subject);
  if (held) return { kind: "deferred", request: await deferred(kit, request, story, begun), held };
  const known = await keysOf(kit.events, tenant, runs);
  const open = runs.filter(({ status }) => !isFinal(status));
  const names = [request.name, begun?.name, waitingErasure(story)?.name].filter((one) => one !== undefined);
  const isLeft = known.some((key) => !isSaid(story, key)) || open.length > 0 || names.length > 0;
  const id = requestIn(story) ?? begun?.request ?? kit.random.eventId();
  const asked = isLeft ? await requested(kit, askedAs(request, id), request) : id;
  const keys = await kit.seals.destroy(tenant, subject, known);
  const isUnknown = keys.length === 0 && runs.length === 0 && names.length === 0;
  const recorded = isUnknown
    ? ({ kind: "unknown" } as const)
    : await recordErased(kit, request, asked, {
        keys: [...keys],
        counts: await countsOf(kit.events, tenant, runs, open.length),
        endpoints: await endpointsSent(
          kit.events,
          tenant,
          new Set(runs.map(({ run }) => runStream(run, tenant))),
          subject,
        ),
      });
  for (const { run } of open) await kit.end(run);
  let isNamed = false;
  for (const name of new Set(names)) isNamed = (await kit.names?.erase(name)) || isNamed;
  if (isLeft || begun) await finished(kit, { subject, request: asked }, request);
  return { ...recorded, isNamed };
}

const askedAs = ({ subject, reason, name }: ErasureRequest, request: string): OpenRequest => ({
  ...{ subject, request, reason },
  ...(name !== undefined && { name }),
});

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
  asked: ErasureRequest,
  story: SubjectStory,
  begun: OpenRequest | undefined,
): Promise<string> {
  const waiting = requestIn(story);
  if (waiting !== undefined) return waiting;
  const request = begun?.request ?? kit.random.eventId();
  const { reason, ...data } = askedAs(asked, request);
  const event = { type: "ErasureDeferred", data: { ...data, values: { reason } } };
  const bytes = noted(kit, event, SUBJECT_EVENT_VERSION, asked);
  await kit.events.append(subjectStream(asked.subject, asked.tenant), story.head, [bytes]);
  return request;
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

export const nothingHeld = (): GleitzeitError =>
  new GleitzeitError(
    "RUN_NOT_FOUND",
    "nothing is held on that subject here: no run of it was ever recorded; is the name written as it was given to `run --subject`?",
  );
