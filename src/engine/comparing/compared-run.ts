// One of two runs that are compared: its history, and where its values lie.
import {
  type Json,
  type JsonObject,
  type Revision,
  type RunEvent,
  type RunId,
  runStream,
} from "../../domain/index.ts";
import { type TaskPlaces, taskPlaces } from "../../projections/index.ts";
import { decode, openValue } from "../log/decode.ts";
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

export type SeenValues = { readonly [name: string]: Json };

/** Values as far as they can be seen; `undefined` when the event has none of its own. */
async function seenValues({ store, tenant }: Reading, event: RunEvent): Promise<SeenValues | undefined> {
  const stored: { readonly [name: string]: Json } | undefined = event.data.values;
  if (!stored) return undefined;
  const opened = Object.entries(stored).map(async ([name, value]) => {
    const seen = await openValue(value, tenant, store.blobs).catch(unlessMissing);
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
    for (const { event, revision } of stored.map(decode))
      found.set(revision, await seenValues(reading, event));
  }
  return found;
}

/** A document as it was submitted. */
export const definitionSeen = async (reading: Reading, hash: string): Promise<Json> =>
  (await definitionOf(reading, hash).catch(unlessMissing)) ?? UNSEEN;
