// One of two runs that are compared: its history, and where its values lie.
import {
  isObject,
  type Json,
  type JsonObject,
  type RecordedRunEvent,
  type Revision,
  type RunId,
  runStream,
} from "../../domain/index.ts";
import { type TaskPlaces, taskPlaces } from "../../projections/index.ts";
import { decode, openValue, storedValues } from "../log/decode.ts";
import { eventsOf } from "../log/history.ts";
import { definitionOf } from "../reading/definition.ts";
import type { Reading } from "../reading/reading.ts";
import { type History, historyOf } from "../reading/run-history.ts";
import { unlessMissing } from "../resolving/values-in-sight.ts";

export type ComparedRun = { readonly history: History; readonly places: TaskPlaces["tasks"] };

export async function comparedRun(reading: Reading, run: RunId): Promise<ComparedRun> {
  const history = await historyOf(reading, run);
  let places = taskPlaces.empty();
  for await (const recorded of eventsOf(reading.store.events, run, reading.tenant)) {
    if (recorded.revision >= history.detail.events) break;
    places = taskPlaces.fold(places, recorded);
  }
  return { history, places: places.tasks };
}

/** Stands for a value that nobody can see any more: it was erased, or its blob is missing. */
export const UNSEEN: JsonObject = { $unseen: true };
export const isUnseen = (value: Json): boolean => value === UNSEEN;

export type SeenValues = { readonly [name: string]: Json } | "erased";

/** One of them by its name: undefined where there is none, UNSEEN where nobody can say. */
export function valueIn(seen: SeenValues | undefined, name: string): Json | undefined {
  if (seen === "erased") return UNSEEN;
  return seen && Object.hasOwn(seen, name) ? seen[name] : undefined;
}

/** Values as far as they can be seen; `undefined` when the event has none of its own. */
async function seenValues(
  { store, tenant }: Reading,
  recorded: RecordedRunEvent,
): Promise<SeenValues | undefined> {
  const { values, sealed } = recorded.event.data;
  if (!values && !sealed) return undefined;
  const stored = await storedValues(recorded, tenant, store);
  if (stored === "erased") return stored;
  const opened = Object.entries(stored.values).map(async ([name, value]) => {
    const seen = await openValue(value, tenant, stored.blobs).catch(unlessMissing);
    return [name, seen ?? UNSEEN] as const;
  });
  return Object.fromEntries(await Promise.all(opened));
}

const CHUNK = 200;

/** By revision. */
export async function valuesSeen(
  reading: Reading,
  run: RunId,
  revisions: readonly (Revision | undefined)[],
): Promise<ReadonlyMap<Revision, SeenValues | undefined>> {
  const found = new Map<Revision, SeenValues | undefined>();
  const wanted = [...new Set(revisions.filter((revision) => revision !== undefined))];
  for (let i = 0; i < wanted.length; i += CHUNK) {
    const page = wanted.slice(i, i + CHUNK);
    const stored = await reading.store.events.readMany(runStream(run, reading.tenant), page);
    for (const recorded of stored.map(decode))
      found.set(recorded.revision, await seenValues(reading, recorded));
  }
  return found;
}

/** A document as it was submitted. */
export const definitionSeen = async (reading: Reading, hash: string): Promise<Json> =>
  (await definitionOf(reading, hash).catch(unlessMissing)) ?? UNSEEN;

/** What a run came to; nothing while it is under way. */
export async function endSeen(reading: Reading, { history: { run, detail } }: ComparedRun) {
  if (detail.endAt === undefined) return {};
  const values = (await valuesSeen(reading, run, [detail.endAt])).get(detail.endAt);
  const error = valueIn(values, "error") ?? null;
  const message = isUnseen(error) ? UNSEEN : isObject(error) ? error.message : undefined;
  return {
    outputs: detail.status === "succeeded" ? (valueIn(values, "outputs") ?? UNSEEN) : undefined,
    error: detail.error && { ...detail.error, ...(message !== undefined && { message }) },
  };
}
