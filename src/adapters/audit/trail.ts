// Who did what to what: the log as an auditor asks it, an event a line, each with the place of its leaf. What the engine and
// providers do in consequence is left out unless everything is asked for.
import {
  type Actor,
  GleitzeitError,
  isObject,
  type Json,
  type JsonObject,
  type Position,
  parseJson,
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
  const theirs = new Set<string>();
  for (let after: Position | "start" = "start"; ; ) {
    const page = await events.readAll(after, PAGE);
    for (const event of page.events) if (isAbout(event, asked.subject)) theirs.add(event.stream);
    const isOf = personal(asked.subject, theirs);
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

/** A run about that person begins here. */
const isAbout = (event: StoredEvent, subject: string | undefined): boolean =>
  subject !== undefined && event.type === "RunSubmitted" && jsonIn(event, event.data).subject === subject;

type IsOf = (event: StoredEvent, data: JsonObject) => boolean;

/** Everything, where no person is asked for. */
const personal =
  (subject: string | undefined, theirs: ReadonlySet<string>): IsOf =>
  ({ stream }, { subject: about, target }) =>
    subject === undefined ||
    theirs.has(stream) ||
    about === subject ||
    (isObject(target) && target.subject === subject);

function patternOf(types: readonly string[]): (type: string) => boolean {
  const patterns = types.map(
    (type) => new RegExp(`^${type.replace(/[^A-Za-z0-9*]/g, "").replaceAll("*", ".*")}$`),
  );
  return (type) => patterns.length === 0 || patterns.some((pattern) => pattern.test(type));
}

/** One, or one for each run of which somebody was given a person's data. */
function entriesOf(event: StoredEvent, asked: TrailSought, isOf: IsOf): readonly TrailEntry[] {
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
  const entry: TrailEntry = {
    position: String(event.position),
    at: event.recordedAt,
    actor,
    what: event.type,
    on: target,
    ...(task !== undefined && { task }),
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

const text = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);

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

function jsonIn({ position }: StoredEvent, bytes: Uint8Array): JsonObject {
  try {
    const value = parseJson(Buffer.from(bytes).toString());
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const message = `the event at position ${position} cannot be read: \`gleitzeit audit verify\` says what was altered`;
  throw new GleitzeitError("PERSISTENCE_INTEGRITY_ERROR", message);
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
