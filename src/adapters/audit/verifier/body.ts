// What stands in a bundle, held against the checkpoint in its first line: leaves, streams, blobs, and the end.
import { hash } from "node:crypto";
import { base64Bytes, canonical, decimal, type Fields, hasFields, isRecord, parsed } from "./canonical.ts";
import { type Place, Wrong } from "./finding.ts";
import * as merkle from "./merkle.ts";
import { checkpointIn, type NoteKey, vkeyOf } from "./note.ts";

/** `since`: a signed note of before, out of which this log has to have grown. */
export type Asked = {
  readonly keys: readonly NoteKey[];
  readonly since?: string;
  readonly requireComplete?: boolean;
};
export type Scope = { readonly run: string; readonly children: boolean } | { readonly all: true };
const LABEL = Buffer.from("gleitzeit/event/v1\n");
const REFERENCE = /[{,]"\$blob":"(sha256-[0-9a-f]{64})"/g; // a user's own key of that name is written `$$blob`
const ENDS = ["RunSucceeded", "RunFailed", "RunCancelled"];
const NONE = { at: {} };
const strange = (what = "its fields are not those of any line"): Wrong => new Wrong("altered line", what);
const inconsistent = (why: string) => new Wrong("not consistent", `with what was given: ${why}`, NONE);

/** `heads`: the checkpoint's, and those that its tree is proven to have grown out of. */
function headerOf(line: Fields, keys: readonly NoteKey[]) {
  const { format, origin, scope: given, vkey, oldVkeys, checkpoint: note, consistency, createdAt } = line;
  const isHeader = hasFields(line, "checkpoint,consistency,createdAt,format,oldVkeys,origin,scope,vkey");
  if (!isHeader || format !== "gleitzeit.bundle/v1") throw strange("no header of a gleitzeit.bundle/v1");
  const { run, children } = isRecord(given) ? given : {};
  const isRun = typeof run === "string" && typeof children === "boolean";
  const scope: Scope = isRun ? { run, children } : { all: true };
  if (canonical(given) !== canonical(scope) || typeof createdAt !== "string")
    throw strange("scope, createdAt");
  if (!Array.isArray(oldVkeys) || !Array.isArray(consistency)) throw strange("a list is missing");
  const own = [vkey].concat(oldVkeys).flatMap((text) => vkeyOf(String(text)) ?? []);
  if (own.length <= oldVkeys.length || own.some(({ name }) => name !== origin))
    throw strange("the vkeys are not keys of the origin");
  checkpointIn(note, origin, own.slice(0, 1));
  const { checkpoint, signers } = checkpointIn(note, origin, keys);
  const older = consistency.map((entry: unknown): merkle.Head => {
    const { size: text, root: encoded, proof, ...more } = isRecord(entry) ? entry : {};
    const [size, root, path] = [decimal(text), base64Bytes(encoded), merkle.pathOf(proof)];
    const isOne = size !== undefined && root && path && hasFields(more, "");
    if (isOne && merkle.isConsistent({ size, root }, checkpoint, path)) return { size, root };
    throw new Wrong("bad proof", `nothing proves that the log grew out of size ${text}`);
  });
  return { scope, checkpoint, signers, heads: [checkpoint, ...older] };
}

export function bodyOf(header: Fields, { since: note, keys, requireComplete }: Asked) {
  const { scope, checkpoint, heads, signers } = headerOf(header, keys);
  const { origin, size, root } = checkpoint;
  const since = note === undefined ? undefined : checkpointIn(note, origin, keys, NONE).checkpoint;
  const run = "all" in scope ? undefined : scope;
  const tree = merkle.growingTree(); // of all leaves; in the bundle of a run each has a proof instead
  const streams = new Map<string, { readonly next: number; readonly isOver: boolean }>();
  const [finished, named, held] = [new Set<string>(), new Map<string, Place>(), new Set<string>()];
  let [last, events] = [-1, 0];
  const known = heads.filter((head) => head.size === since?.size);
  const isOther = since && known.some((head) => !merkle.sameHash(head.root, since.root));
  if (run && since && since.size > 0 && known.length === 0) throw inconsistent("export it with --since");
  if (run && isOther) throw inconsistent("the root there is another");
  if (since && since.size > size) throw inconsistent("the bundle's checkpoint is older");

  function takeLeaf(leaf: Uint8Array, leafIndex: unknown, proof: unknown): void {
    const index = decimal(leafIndex);
    if (index === undefined) throw strange("leafIndex");
    if (index >= size) throw new Wrong("extra event", "the checkpoint does not cover it");
    if (index === last) throw new Wrong("extra event", `leaf ${index} stands here twice`);
    if (index < last) throw new Wrong("wrong order", `leaf ${index} comes after leaf ${last}`);
    const wanted = `leaf ${last + 1}`;
    if (!run && index > last + 1) throw new Wrong("missing event", `${wanted} should stand here`, { wanted });
    last = index;
    if (!run) tree.add(merkle.leafHash(leaf));
    const isThere = !run && since?.size === tree.size();
    if (isThere && !merkle.sameHash(tree.root(), since.root)) throw inconsistent("another root");
    if (!run) return;
    const path = merkle.pathOf(proof);
    const found = path && merkle.inclusionRoot(merkle.leafHash(leaf), index, size, path);
    if (!found) throw new Wrong("bad proof", `it is no proof for leaf ${index} of ${size}`);
    if (merkle.sameHash(found, root)) return;
    throw new Wrong("altered event", "with its salt and its proof it is not what the checkpoint covers");
  }

  /** Each stream without a gap and without a second version of an event; of a run its own and its children's. */
  function takePlace(stream: string, revision: number, type: string, data: Fields): void {
    const isFirst = streams.size === 0 && stream.startsWith("run-") && stream.endsWith(`.${run?.run}`);
    const { next } = streams.get(stream) ?? { next: run && !isFirst ? -1 : 0 };
    if (next < 0) throw new Wrong("extra event", `${stream} does not belong to the run`);
    if (revision < next) throw new Wrong("extra event", `revision ${revision} of ${stream} stood before`);
    const wanted = `${stream}@${next}`;
    if (revision !== next) throw new Wrong("missing event", `${wanted} should come first`, { wanted });
    streams.set(stream, { next: next + 1, isOver: ENDS.includes(type) });
    if (!run?.children || !type.startsWith("ChildRun")) return;
    const child = `${stream.slice(0, stream.lastIndexOf("."))}.${String(data.run)}`;
    if (!streams.has(child)) streams.set(child, { next: 0, isOver: false });
    if (type === "ChildRunFinished") finished.add(child);
  }

  function takeEvent(line: Fields, place: Place): void {
    const { metadata, data, recordedAt: at, ...rest } = isRecord(line.event) ? line.event : {};
    const { id, revision, schemaVersion, stream, type } = rest;
    const salt = base64Bytes(line.salt, 16);
    const isPlaced = typeof stream === "string" && typeof revision === "number" && typeof type === "string";
    const isWhole = typeof at === "string" && hasFields(rest, "id,revision,schemaVersion,stream,type");
    const isLine = hasFields(line, run ? "event,leafIndex,proof,salt" : "event,leafIndex,salt");
    if (!isPlaced || !isWhole || !isLine || !salt || !isRecord(data) || !isRecord(metadata)) throw strange();
    const text = canonical(data);
    const payload = Buffer.from(`{"data":${text},"metadata":${canonical(metadata)}}`);
    const commitment = hash("sha256", Buffer.concat([LABEL, salt, payload]), "base64");
    const [tenant, v] = [metadata.tenant ?? null, 1]; // without one it is no leaf that was ever signed
    const leaf = canonical({ at, commitment, id, revision, schemaVersion, stream, tenant, type, v });
    takeLeaf(Buffer.from(leaf), line.leafIndex, line.proof);
    takePlace(stream, revision, type, data);
    events += 1;
    for (const [, blob = ""] of text.matchAll(REFERENCE)) if (!named.has(blob)) named.set(blob, place);
  }

  function takeRemoved(line: Fields): void {
    const bytes = base64Bytes(line.leaf);
    const leaf = bytes && parsed(bytes);
    if (!leaf || run || !hasFields(line, "leaf,leafIndex")) throw strange();
    takeLeaf(bytes, line.leafIndex, undefined);
    takePlace(String(leaf.stream), Number(leaf.revision), String(leaf.type), {});
  }

  function takeBlob(line: Fields): void {
    const bytes = base64Bytes(line.base64);
    if (!bytes || !hasFields(line, "base64,blob")) throw strange();
    const blob = `sha256-${hash("sha256", bytes)}`;
    if (blob !== line.blob) throw new Wrong("altered blob", "its hash is another");
    if (held.has(blob)) throw new Wrong("extra blob", "it stood before");
    held.add(blob);
  }

  const take = (line: Fields, place: Place): void =>
    "event" in line ? takeEvent(line, place) : "leaf" in line ? takeRemoved(line) : takeBlob(line);

  /** `sum`: of every byte before. */
  function end(line: Fields, sum: string) {
    if (line.end !== true || !hasFields(line, "end,events,sha256")) throw strange();
    const counted = `the end counts ${line.events} events, and there are ${events}`;
    if (Number(line.events) > events) throw new Wrong("missing event", counted);
    if (line.events !== events) throw new Wrong("extra event", counted);
    if (!run && tree.size() < size) throw new Wrong("missing event", `${size - tree.size()} leaves`, NONE);
    if (!run && !merkle.sameHash(tree.root(), root)) throw new Wrong("altered event", "another root", NONE);
    if (run && streams.size === 0) throw new Wrong("missing event", "there is no event of the run", NONE);
    const cut = [...finished].find((stream) => !streams.get(stream)?.isOver);
    if (cut) throw new Wrong("missing event", `${cut} has ended, and its end is not here`, NONE);
    const [blob, at] = [...named].find(([name]) => !held.has(name)) ?? [];
    if (blob) throw new Wrong("missing blob", `${blob} is named here, and not in the bundle`, { at });
    if (line.sha256 !== sum) throw strange("a line before was altered, or the sum in this one");
    const complete = !run || [...streams.values()].every(({ isOver }) => isOver);
    if (requireComplete && !complete) throw new Wrong("incomplete", "a run in it has no end", NONE);
    const head = { size, root: Buffer.from(root).toString("base64") };
    return { ok: true as const, origin, scope, checkpoint: head, signers, events, complete };
  }
  return { take, end };
}
