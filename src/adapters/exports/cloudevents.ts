// CloudEvents 1.0 in the JSON format, one event a line, with the extensions sequence, recordedtime, partitioning,
// authcontext, correlation and distributed tracing as their authors describe them.
import type { Actor } from "../../domain/index.ts";
import type { LoggedEvent } from "../../engine/index.ts";
import type { Facts, Format } from "./facts.ts";

/** Positions are compared as text there, so that all are of one length. */
const SEQUENCE_DIGITS = 20;

const AUTH_TYPES: Readonly<Record<Actor["type"], string>> = {
  user: "user",
  cli: "user",
  service: "service_account",
  schedule: "system",
  engine: "system",
  provider: "system",
};

export const cloudEvents = ({ origin }: Facts): Format => ({
  line: async (event) => `${JSON.stringify(await cloudEvent(event, origin))}\n`,
});

async function cloudEvent(event: LoggedEvent, source: string) {
  const { id, type, schemaVersion, recordedAt, metadata, run, stream, position, revision } = event;
  const { actor, correlationId, causationId, traceparent } = metadata;
  return {
    specversion: "1.0",
    id,
    source,
    type: `gleitzeit.${type}`,
    subject: run ?? stream,
    time: recordedAt,
    datacontenttype: "application/json",
    dataschema: `urn:gleitzeit:event:${type}:${schemaVersion}`,
    sequence: String(position).padStart(SEQUENCE_DIGITS, "0"),
    recordedtime: recordedAt,
    partitionkey: run ?? stream,
    authtype: AUTH_TYPES[actor.type],
    authid: actor.id,
    ...((correlationId ?? run) !== undefined && { correlationid: correlationId ?? run }),
    ...(causationId !== undefined && { causationid: causationId }),
    ...(traceparent !== undefined && { traceparent }),
    data: { stream, revision, tenant: metadata.tenant, ...(await event.data()) },
  };
}
