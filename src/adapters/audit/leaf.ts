// The leaf of a stored event. Metadata and data are stored as JCS, so the commitment is a hash over bytes as they are.
import { hash } from "node:crypto";
import { AUDIT_STREAM, GleitzeitError } from "../../domain/index.ts";
import type { StoredEvent } from "../../engine/ports/index.ts";
import { isRecord } from "./verifier/canonical.ts";

/** Its length stands before it in two bytes. */
const MOST_BYTES = 65_535;

const [LABEL, DATA, METADATA, END] = [
  Buffer.from("gleitzeit/event/v1\n"),
  Buffer.from('{"data":'),
  Buffer.from(',"metadata":'),
  Buffer.from("}"),
];

/** The audit log's own events are the only ones without. */
export const hasLeaf = ({ stream }: Pick<StoredEvent, "stream">): boolean => stream !== AUDIT_STREAM;

/** RFC 8785: its members stand in the order of their names. */
export function leafOf(event: StoredEvent): Uint8Array {
  const { salt, data, metadata, revision, schemaVersion } = event;
  const committed = Buffer.concat([LABEL, salt, DATA, data, METADATA, metadata, END]);
  const texts = [event.recordedAt, event.id, event.stream, tenantOf(metadata), event.type];
  const [at, id, stream, tenant, type] = texts.map((text) => JSON.stringify(text));
  const commitment = hash("sha256", committed, "base64");
  const leaf = Buffer.from(
    `{"at":${at},"commitment":"${commitment}","id":${id},"revision":${revision},"schemaVersion":${schemaVersion},"stream":${stream},"tenant":${tenant},"type":${type},"v":1}`,
  );
  if (leaf.length <= MOST_BYTES) return leaf;
  throw new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `the event at position ${event.position} has a leaf of ${leaf.length} bytes, and ${MOST_BYTES} is the most`,
  );
}

const utf8 = new TextDecoder();
/** What engine, providers and users leave behind, in letters that stand for themselves: most metadata by far. */
const USUAL =
  /^\{"actor":\{"id":"[ !#-[\]-~]*","type":"[ !#-[\]-~]*"\},(?:"causationId":"[ !#-[\]-~]*",)?"tenant":"([ !#-[\]-~]*)"(?:,"worker":"[ !#-[\]-~]*")?\}$/;

/** Nothing for metadata that are none: such a leaf is in no tree. */
function tenantOf(metadata: Uint8Array): string {
  const [, tenant] = USUAL.exec(utf8.decode(metadata)) ?? [];
  return tenant ?? tenantIn(metadata);
}

function tenantIn(metadata: Uint8Array): string {
  try {
    const value: unknown = JSON.parse(Buffer.from(metadata).toString());
    return isRecord(value) && typeof value.tenant === "string" ? value.tenant : "";
  } catch (error) {
    if (error instanceof SyntaxError) return "";
    throw error;
  }
}
