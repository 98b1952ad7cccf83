// Signed notes with Ed25519 signatures, and the checkpoints in them (C2SP signed-note and tlog-checkpoint).
import { createPublicKey, hash, type KeyObject, verify } from "node:crypto";
import { base64Bytes, decimal } from "./canonical.ts";
import { Wrong } from "./finding.ts";
import { HASH_BYTES, type Head } from "./merkle.ts";

export type NoteKey = { readonly name: string; readonly id: string; readonly key: KeyObject };
export type Signature = { readonly name: string; readonly id: string; readonly bytes: Uint8Array };
export type Checkpoint = Head & { readonly origin: string };
const [ED25519, MOST_SIGNATURES] = [1, 100];
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const NAME = /^[^\s+\p{Cc}]+$/u;

/** Eight hexadecimal digits. */
export const keyId = (name: string, kind: number, publicKey: Uint8Array): string =>
  hash("sha256", Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(kind), publicKey])).slice(0, 8);

/** `name+id+base64(kind ‖ public key)`; undefined for what is no key of this kind. */
export function vkeyOf(text: string, kind = ED25519): NoteKey | undefined {
  const [, name = "", id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = base64Bytes(encoded, 1 + HASH_BYTES);
  const isKey = bytes?.[0] === kind && NAME.test(name) && id === keyId(name, kind, bytes.subarray(1));
  if (!isKey) return undefined;
  const der = Buffer.concat([SPKI, bytes.subarray(1)]);
  return { name, id, key: createPublicKey({ key: der, format: "der", type: "spki" }) };
}

/** Undefined for what is no signed note. */
export function noteOf(signed: string) {
  const end = signed.lastIndexOf("\n\n") + 1;
  const lines = signed.slice(end + 1).split("\n");
  const signatures = lines.slice(0, -1).flatMap((line) => signatureOf(line) ?? []);
  const isWhole = end > 1 && lines.at(-1) === "" && signatures.length === lines.length - 1;
  if (!isWhole || signatures.length === 0 || signatures.length > MOST_SIGNATURES) return undefined;
  return /[^\P{Cc}\n]/u.test(signed) ? undefined : { text: signed.slice(0, end), signatures };
}

/** `— name base64(id ‖ signature)` */
function signatureOf(line: string): Signature | undefined {
  const [, name = "", encoded] = /^\u2014 ([^\s+\p{Cc}]+) (\S+)$/u.exec(line) ?? [];
  const bytes = base64Bytes(encoded) ?? Buffer.of();
  if (bytes.length < 5) return undefined;
  return { name, id: Buffer.from(bytes).toString("hex", 0, 4), bytes: bytes.subarray(4) };
}

/** Unknown keys are ignored; a bad signature of a known key spoils the note, and so does having none. */
export function verifiedNote(signed: string, keys: readonly NoteKey[], where = {}) {
  const note = noteOf(signed);
  if (!note) return new Wrong("bad signature", "the checkpoint is no signed note", where);
  const by: string[] = [];
  for (const { name, id, bytes } of note.signatures) {
    const known = keys.find((key) => key.name === name && key.id === id);
    if (known && !verify(null, Buffer.from(note.text), known.key, bytes))
      return new Wrong("bad signature", `the signature of ${name}+${id} does not fit`, where);
    if (known) by.push(`${name}+${id}`);
  }
  if (by.length > 0) return { text: note.text, by };
  const signers = note.signatures.map(({ name, id }) => `${name}+${id}`).join(", ");
  return new Wrong("unknown key", `the checkpoint is signed by ${signers}, which was not given`, where);
}

/** A checkpoint of this origin, signed by one of these keys. */
export function checkpointIn(note: unknown, origin: unknown, keys: readonly NoteKey[], where = {}) {
  const own = keys.filter(({ name }) => name === origin);
  const signed = verifiedNote(String(note), own, where);
  if (signed instanceof Wrong) throw signed;
  const checkpoint = checkpointOf(signed.text);
  if (checkpoint && checkpoint.origin === origin) return { checkpoint, signers: signed.by };
  throw new Wrong("bad signature", `what is signed is no checkpoint of ${origin}`, where);
}

/** Undefined for a text that is none. */
export function checkpointOf(text: string): Checkpoint | undefined {
  const [origin = "", sizeText, rootText, ...more] = text.split("\n");
  const [size, root] = [decimal(sizeText), base64Bytes(rootText, HASH_BYTES)];
  const isOne = origin !== "" && size !== undefined && root && more.at(-1) === "";
  return isOne ? { origin, size, root } : undefined;
}
