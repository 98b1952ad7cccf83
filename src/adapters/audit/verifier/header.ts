// The first line of a bundle: what it is of, and the checkpoint on which everything rests.
import { base64Bytes, decimal, type Fields, isRecord } from "./canonical.ts";
import { Wrong } from "./finding.ts";
import { HASH_BYTES, type Hash, type Head, isConsistent } from "./merkle.ts";
import { type Checkpoint, checkpointOf, type NoteKey, verifiedNote, vkeyOf } from "./note.ts";

export type Scope = { readonly run: string; readonly children: boolean } | { readonly all: true };
export type Header = {
  readonly scope: Scope;
  readonly checkpoint: Checkpoint;
  readonly signers: readonly string[];
  /** Heads that the checkpoint's tree is proven to have grown out of. */
  readonly older: readonly Head[];
};

export const hasFields = (value: Fields, names: string): boolean =>
  Object.keys(value).sort().join() === names;

export function headerOf(value: Fields, keys: readonly NoteKey[]): Header {
  const { format, origin, scope, vkey, oldVkeys, checkpoint: note, consistency, createdAt } = value;
  const isHeader = hasFields(value, "checkpoint,consistency,createdAt,format,oldVkeys,origin,scope,vkey");
  if (!isHeader || format !== "gleitzeit.bundle/v1") throw malformed("no header of a gleitzeit.bundle/v1");
  if (!isScope(scope) || typeof createdAt !== "string") throw malformed("scope or createdAt");
  const own = [vkey, ...listOf(oldVkeys)].flatMap((text) => vkeyOf(String(text)) ?? []);
  const isOwn = own.length === 1 + listOf(oldVkeys).length && own.every(({ name }) => name === origin);
  if (!isOwn) throw malformed("the vkeys are not keys of the origin");
  checkpointIn(String(note), origin, own.slice(0, 1), { line: 1 });
  const signed = checkpointIn(String(note), origin, keys, { line: 1 });
  return { scope, ...signed, older: listOf(consistency).map((one) => olderHead(one, signed.checkpoint)) };
}

const malformed = (why: string): Wrong =>
  new Wrong("altered line", `not as it should be: ${why}`, { line: 1 });

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw malformed("what should be a list is none");
}

const isScope = (scope: unknown): scope is Scope =>
  isRecord(scope) &&
  (scope.all === true
    ? hasFields(scope, "all")
    : hasFields(scope, "children,run") &&
      typeof scope.run === "string" &&
      typeof scope.children === "boolean");

/** A checkpoint of this origin, signed by one of these keys. */
export function checkpointIn(note: string, origin: unknown, keys: readonly NoteKey[], place = {}) {
  const signed = verifiedNote(
    note,
    keys.filter(({ name }) => name === origin),
  );
  if (!signed.ok) throw new Wrong(signed.kind, `the checkpoint's signature: ${signed.message}`, place);
  const checkpoint = checkpointOf(signed.text);
  if (checkpoint && checkpoint.origin === origin) return { checkpoint, signers: signed.by };
  throw new Wrong("bad signature", `what is signed is no checkpoint of ${String(origin)}`, place);
}

/** Undefined for what is no list of hashes. */
export function pathOf(proof: unknown): readonly Hash[] | undefined {
  const path = Array.isArray(proof) ? proof.map((step) => base64Bytes(step, HASH_BYTES)) : [undefined];
  return path.every((step) => step !== undefined) ? path : undefined;
}

function olderHead(entry: unknown, checkpoint: Checkpoint): Head {
  const { size: text, root: encoded, proof } = isRecord(entry) ? entry : {};
  const [size, root, path] = [decimal(text), base64Bytes(encoded, HASH_BYTES), pathOf(proof)];
  const isOne = isRecord(entry) && hasFields(entry, "proof,root,size") && size !== undefined && root && path;
  if (isOne && isConsistent({ size, root }, checkpoint, path)) return { size, root };
  throw new Wrong("bad proof", `nothing proves that the log grew out of size ${String(text)}`, { line: 1 });
}
