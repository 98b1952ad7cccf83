// A bundle from its first line to its last: verified as it is read, up to the first thing that is wrong.
import { createHash, hash } from "node:crypto";
import { base64Bytes, canonical, type Fields, isRecord } from "./canonical.ts";
import { type Finding, type Place, Wrong } from "./finding.ts";
import { checkpointIn, type Header, hasFields, headerOf } from "./header.ts";
import { leavesOf } from "./leaves.ts";
import { type Line, linesOf } from "./lines.ts";
import type { NoteKey } from "./note.ts";
import { streamsOf } from "./streams.ts";

export type Asked = {
  readonly keys: readonly NoteKey[];
  /** A signed note of before, out of which this log has to have grown. */
  readonly since?: string;
  readonly requireComplete?: boolean;
};
export type Verdict =
  | (Omit<Header, "older"> & { readonly ok: true; readonly events: number; readonly complete: boolean })
  | { readonly ok: false; readonly problem: Finding };

const LABEL = "gleitzeit/event/v1\n";
const REFERENCE = /"\$blob":"(sha256-[0-9a-f]{64})"/g; // a user's own key of that name is written `$$blob`
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export async function verifyBundle(chunks: AsyncIterable<Uint8Array>, asked: Asked): Promise<Verdict> {
  const lines = linesOf(chunks);
  try {
    return await verified(lines, asked);
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const { finding, isWanted } = error;
    for (let line = await lines.next(); isWanted && !line.done; line = await lines.next()) {
      const { leafIndex, event } = parsed(line.value)?.value ?? {};
      const { stream, revision } = isRecord(event) ? event : {};
      if (isWanted(leafIndex, stream, revision))
        return { ok: false, problem: { ...finding, kind: "wrong order" } };
    }
    return { ok: false, problem: finding };
  }
}

type Parsed = { readonly value: Fields; readonly isCanonical: boolean };

function parsed({ bytes }: Line): Parsed | undefined {
  try {
    const text = utf8.decode(bytes);
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? { value, isCanonical: canonical(value) === text } : undefined;
  } catch {
    return undefined;
  }
}

async function verified(lines: AsyncIterator<Line, undefined>, asked: Asked): Promise<Verdict> {
  const whole = createHash("sha256");
  let body: Body | undefined;
  let verdict: Verdict | undefined;
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const place = { line: next.value.number };
    const line = parsed(next.value);
    if (!next.value.isEnded) throw new Wrong("truncated file", "the last line breaks off", place);
    if (verdict) throw new Wrong("altered line", "something comes after the end", place);
    if (!line?.isCanonical) throw new Wrong("altered line", "it is not canonical JSON (RFC 8785)", place);
    if (!body) body = bodyOf(headerOf(line.value, asked.keys), asked);
    else if ("end" in line.value) verdict = body.end(line.value, whole.digest("hex"), place);
    else body.take(line.value, place);
    if (!verdict) whole.update(next.value.bytes).update("\n");
  }
  if (verdict) return verdict;
  throw new Wrong("truncated file", "it ends without an end line");
}

type Body = ReturnType<typeof bodyOf>;

function bodyOf({ older, ...header }: Header, { since, keys, requireComplete }: Asked) {
  const { scope, checkpoint } = header;
  const given = since === undefined ? undefined : checkpointIn(since, checkpoint.origin, keys).checkpoint;
  const leaves = leavesOf({ ...header, older }, given);
  const streams = streamsOf(scope);
  const [named, held] = [new Map<string, Place>(), new Set<string>()];
  const fields = "all" in scope ? "event,leafIndex,salt" : "event,leafIndex,proof,salt";
  let events = 0;

  function takeEvent(line: Fields, at: Place): void {
    const { metadata, data, recordedAt, ...rest } = isRecord(line.event) ? line.event : {};
    const { stream, revision, type } = rest;
    const salt = base64Bytes(line.salt, 16);
    const isPlaced = typeof stream === "string" && typeof revision === "number" && typeof type === "string";
    const isWhole = isRecord(metadata) && isRecord(data) && hasFields(line, fields);
    if (!isPlaced || !salt || !isWhole) throw strange(at);
    if (typeof recordedAt !== "string" || !hasFields(rest, "id,revision,schemaVersion,stream,type"))
      throw strange(at);
    const place = { ...at, event: `${stream}@${revision} ${String(rest.id)}` };
    const text = canonical(data);
    const payload = `{"data":${text},"metadata":${canonical(metadata)}}`;
    const commitment = hash(
      "sha256",
      Buffer.concat([Buffer.from(LABEL), salt, Buffer.from(payload)]),
      "base64",
    );
    // Without a tenant it is no leaf that was ever signed, and that is what is then told.
    const leaf = { v: 1, tenant: metadata.tenant ?? null, at: recordedAt, commitment, ...rest };
    leaves.take(Buffer.from(canonical(leaf)), line.leafIndex, place, line.proof);
    streams.take(stream, revision, type, data, place);
    events += 1;
    for (const [, blob = ""] of text.matchAll(REFERENCE)) if (!named.has(blob)) named.set(blob, place);
  }

  function takeRemoved(line: Fields, place: Place): void {
    const bytes = base64Bytes(line.leaf);
    const leaf = bytes && parsed({ bytes, number: 0, isEnded: true });
    if (!bytes || !leaf?.isCanonical || !("all" in scope) || !hasFields(line, "leaf,leafIndex"))
      throw strange(place);
    leaves.take(bytes, line.leafIndex, place);
    streams.take(String(leaf.value.stream), Number(leaf.value.revision), String(leaf.value.type), {}, place);
  }

  function takeBlob(line: Fields, place: Place): void {
    const bytes = base64Bytes(line.base64);
    if (!bytes || !hasFields(line, "base64,blob")) throw strange(place);
    if (`sha256-${hash("sha256", bytes)}` !== line.blob)
      throw new Wrong("altered blob", "its hash is another", place);
    if (held.has(line.blob)) throw new Wrong("extra blob", "it stood before", place);
    held.add(line.blob);
  }

  return {
    take: (line: Fields, place: Place): void => {
      if ("event" in line) takeEvent(line, place);
      else if ("leaf" in line) takeRemoved(line, place);
      else takeBlob(line, place);
    },
    end: (line: Fields, sha256: string, place: Place): Verdict => {
      if (line.end !== true || !hasFields(line, "end,events,sha256")) throw strange(place);
      const counted = `the end counts ${String(line.events)} events, and there are ${events}`;
      if (Number(line.events) > events) throw new Wrong("missing event", counted, place);
      if (line.events !== events) throw new Wrong("extra event", counted, place);
      leaves.end();
      const complete = streams.end();
      const [missing] = [...named].filter(([blob]) => !held.has(blob));
      if (missing)
        throw new Wrong("missing blob", `${missing[0]} is named here, and not in the bundle`, missing[1]);
      if (line.sha256 !== sha256)
        throw new Wrong("altered line", "a line before, or the sum in this one", place);
      if (requireComplete && !complete)
        throw new Wrong("incomplete", "the run, or one of its children, has no end");
      return { ok: true, ...header, events, complete };
    },
  };
}

const strange = (place: Place): Wrong =>
  new Wrong("altered line", "its fields are not those of any line", place);
