// The body of a delivery: an event in the structured form of CloudEvents 1.0. It is made of the event and of what was
// recorded before the first attempt, and of nothing else, so that every attempt sends the same bytes.
import type { EventId } from "../ids.ts";
import type { Instant } from "../instant.ts";
import { jcs } from "../jcs.ts";
import type { JsonObject } from "../json.ts";
import type { Recipe } from "./endpoint.ts";

export type Envelope = {
  readonly id: EventId;
  readonly time: Instant;
  readonly revision: number;
  /** The log that it stands in, where the recipe does not say it. */
  readonly source: string;
  /** The run, or the endpoint, that it is about. */
  readonly subject: string;
  readonly recipe: Recipe;
};

/** Bytes; a body beyond it is sent without its data, and says where they are. */
export const MOST_BODY_BYTES = 256 * 1024;

export const schemaOf = (type: string): string =>
  `urn:gleitzeit:events:${type.startsWith("event.") ? "stored" : type}.v1`;

export const bodyText = (envelope: Envelope, data: JsonObject): string => {
  const { id, time, revision, source, subject, recipe } = envelope;
  const { type, previous, checkpoint } = recipe;
  return jcs({
    specversion: "1.0",
    id,
    source: recipe.source ?? source,
    type,
    subject,
    time,
    datacontenttype: "application/json",
    dataschema: schemaOf(type),
    sequence: String(revision),
    previous: previous === undefined ? null : String(previous),
    ...(checkpoint && { checkpoint: { ...checkpoint } }),
    data,
  });
};

/** What stands in place of data that are too large. */
export const referenced = (control: JsonObject, bytes: number): JsonObject => ({
  ...control,
  truncated: { bytes, limit: MOST_BODY_BYTES },
});
