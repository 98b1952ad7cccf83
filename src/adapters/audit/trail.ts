// Who did what to what: the log as an auditor asks it, an event a line, each with the place of its leaf. What the engine and
// providers do in consequence is left out unless everything is asked for.
import {
  type Actor,
  GleitzeitError,
  isObject,
  type JsonObject,
  type Position,
  readAccessEvent,
} from "../../domain/index.ts";
import type {
  EventStore,
  StoredEvent,
  TrailEntry,
  TrailOutcome,
  TrailSought,
} from "../../engine/ports/index.ts";
import type { TileReading } from "./tiles.ts";
import { aboutIn, jsonIn, settingIn, text } from "./trail-data.ts";
import { aboutPerson, type IsAbout } from "./trail-of-person.ts";

const PAGE = 500;
const IN_CONSEQUENCE = ["engine", "provider"];

export type TrailParts = {
  readonly events: Pick<EventStore, "readAll">;
  readonly leafIndexOf: (position: Position) => Promise<number | undefined>;
  readonly nameOf: (actor: Actor) => Promise<string | undefined>;
};

export async function* trail(parts: TrailParts, asked: TrailSought): AsyncGenerator<TrailEntry> {
  const { events, leafIndexOf, nameOf } = parts;
  const names = new Map<string, string | undefined>();
  const isType = patternOf(asked.types);
  const isOf = asked.subject === undefined ? () => true : await aboutPerson(events, asked.subject);
  for (let after: Position | "start" = "start"; ; ) {
    const page = await events.readAll(after, PAGE);
    const wanted = page.events.filter(({ type }) => isType(type));
    for (const entry of wanted.flatMap((event) => entriesOf(event, asked, isOf))) {
      const { actor } = entry;
      if (!names.has(actor.id)) names.set(actor.id, await nameOf(actor));
      const name = names.get(actor.id);
      if (asked.actor !== undefined && !actor.id.startsWith(asked.actor) && name !== asked.actor) continue;
      const leafIndex = await leafIndexOf(BigInt(entry.position));
      const named = { ...actor, ...(name !== undefined && { name }) };
      yield { ...entry, actor: named, ...(leafIndex !== undefined && { leafIndex }) };
    }
    if (page.atHead) return;
    after = page.next;
  }
}

function patternOf(types: readonly string[]): (type: string) => boolean {
  const patterns = types.map(
    (type) => new RegExp(`^${type.replace(/[^A-Za-z0-9*]/g, "").replaceAll("*", ".*")}$`),
  );
  return (type) => patterns.length === 0 || patterns.some((pattern) => pattern.test(type));
}

/** One, or one for each run of which somebody was given a person's data. */
function entriesOf(event: StoredEvent, asked: TrailSought, isOf: IsAbout): readonly TrailEntry[] {
  if (asked.since !== undefined && event.recordedAt < asked.since) return [];
  const outcome = outcomeOf(event.type);
  if (asked.outcome !== undefined && asked.outcome !== outcome) return [];
  const [metadata, data] = [jsonIn(event, event.metadata), jsonIn(event, event.data)];
  const actor = actorIn(metadata);
  const isConsequence =
    IN_CONSEQUENCE.includes(actor.type) && asked.actor === undefined && outcome !== "denied";
  if (isConsequence && !asked.everything) return [];
  const isAskedFor = (...ids: readonly (string | undefined)[]): boolean =>
    asked.on === undefined || ids.some((id) => id?.startsWith(asked.on ?? ""));
  const target = targetOf(event.stream, metadata);
  const [task, why] = [text(data.task), isObject(data.values) ? text(data.values.reason) : undefined];
  const [correlationId, causationId] = [text(metadata.correlationId), text(metadata.causationId)];
  const worker = text(metadata.worker);
  const format = event.type === "LogExported" ? text(data.format) : undefined;
  const entry: TrailEntry = {
    position: String(event.position),
    at: event.recordedAt,
    actor,
    what: event.type,
    on: target,
    ...(task !== undefined && { task }),
    ...aboutIn(data),
    ...(format !== undefined && { format }),
    ...settingIn(event, data),
    outcome,
    ...(why !== undefined && { why }),
    eventId: event.id,
    ...(correlationId !== undefined && { correlationId }),
    ...(causationId !== undefined && { causationId }),
    ...(worker !== undefined && { worker }),
  };
  const read = readAccessEvent(event.type, event.schemaVersion, data);
  if (read?.type !== "PayloadRead")
    return isAskedFor(target.id, text(data.run)) && isOf(event, data) ? [entry] : [];
  return read.data.reads.flatMap(({ run: id, subject, count }) =>
    isAskedFor(id, subject) && (asked.subject === undefined || asked.subject === subject)
      ? [{ ...entry, on: { ...target, kind: "run", id }, subject, count }]
      : [],
  );
}

function outcomeOf(type: string): TrailOutcome {
  if (type === "AccessDenied") return "denied";
  return /(?:Failed|Lost)$/.test(type) ? "failure" : "success";
}

/** `<kind>-<tenant>.<id>`, or `<kind>-<id>`, or the name itself. */
function targetOf(stream: string, metadata: JsonObject): TrailEntry["on"] {
  const [, kind = stream, , id = ""] = /^([a-z]+)(?:-(?:([^.]*)\.)?(.*))?$/s.exec(stream) ?? [];
  return { kind, id, tenant: text(metadata.tenant) ?? "" };
}

const TYPES = ["user", "service", "schedule", "engine", "provider", "cli"] as const;

function actorIn({ actor }: JsonObject): Actor {
  const { type, id, onBehalfOf } = isObject(actor) ? actor : {};
  const known = TYPES.find((one) => one === type) ?? "engine";
  const other = text(onBehalfOf);
  return { type: known, id: text(id) ?? "", ...(other !== undefined && { onBehalfOf: other }) };
}

/** Undefined for what is not signed yet, and where the tiles are not there to tell. */
export function leafIndexIn(reading: TileReading, size: number) {
  return async (position: Position): Promise<number | undefined> => {
    try {
      return await reading.indexOf(position, size);
    } catch (error) {
      if (error instanceof GleitzeitError && error.code === "PERSISTENCE_INTEGRITY_ERROR") return undefined;
      throw error;
    }
  };
}
