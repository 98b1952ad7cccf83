// What the log says of an erasure that was done: once for each key, and whenever one that waited for a hold is done.
import {
  type Actor,
  type RunId,
  SUBJECT_EVENT_VERSION,
  type SubjectEvent,
  subjectStream,
} from "../../domain/index.ts";
import { lastRevision } from "../log/history.ts";
import { type EventStore, VersionConflict } from "../ports/index.ts";
import { type Noting, noted } from "./noted.ts";
import { type SubjectStory, storyOf } from "./story.ts";

type About = {
  readonly tenant: string;
  readonly subject: string;
  readonly actor: Actor;
  readonly reason: string;
};

type Data = Extract<SubjectEvent, { type: "SubjectErased" }>["data"];
export type ErasureCounts = Data["counts"];
type Found = Pick<Data, "keys" | "counts"> & { readonly endpoints: readonly string[] };

export type Erased = {
  readonly kind: "erased";
  readonly request: string;
  readonly counts: ErasureCounts;
  /** Of webhooks, which were sent something of it and are told. */
  readonly endpoints: readonly string[];
  /** False when all of it was done before; then nothing was written. */
  readonly isNew: boolean;
};

/** The one that waits. */
export function requestIn({ events }: SubjectStory): string | undefined {
  const last = events.at(-1);
  return last?.type === "ErasureDeferred" ? last.data.request : undefined;
}

export const isSaid = ({ events }: SubjectStory, key: string): boolean =>
  events.some((event) => event.type === "SubjectErased" && event.data.keys.includes(key));

const TRIES = 20;

export async function recordErased(
  kit: Noting & { readonly events: EventStore },
  { tenant, subject, actor, reason }: About,
  asked: string,
  { keys, counts, endpoints }: Found,
): Promise<Erased> {
  for (let tries = 1; ; tries += 1) {
    const story = await storyOf(kit.events, tenant, subject);
    const last = story.events.findLast((event) => event.type === "SubjectErased");
    const isWaiting = requestIn(story) !== undefined;
    if (last?.type === "SubjectErased" && !isWaiting && keys.every((key) => isSaid(story, key))) {
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

/** Only what stood in the log when it was counted: a run that goes on meanwhile is ended next. */
export async function countsOf(
  events: EventStore,
  tenant: string,
  runs: readonly { readonly run: RunId }[],
  failed: number,
): Promise<ErasureCounts> {
  let count = 0;
  for (const { run } of runs) count += (await lastRevision(events, run, tenant)) + 1;
  return { runs: runs.length, events: count, failed };
}
