// Signed notes with Ed25519 signatures, and the checkpoints in them (C2SP signed-note and tlog-checkpoint).
import { createPublicKey, hash, type KeyObject, verify } from "node:crypto";
import { base64Bytes, decimal } from "./canonical.ts";
import { HASH_BYTES, type Head } from "./merkle.ts";

export type NoteKey = { readonly name: string; readonly id: string; readonly key: KeyObject };

const ED25519 = 1;
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const NAME = /^[^\s+\p{Cc}]+$/u;

/** Eight hexadecimal digits. */
export const keyId = (name: string, kind: number, publicKey: Uint8Array): string =>
  hash("sha256", Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(kind), publicKey])).slice(0, 8);

/** `name+id+base64(kind ‖ public key)`; undefined for what is no key of this kind. */
export function vkeyOf(text: string, kind = ED25519): NoteKey | undefined {
  const [, name = "", id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = base64Bytes(encoded, 1 + HASH_BYTES);
  if (bytes?.[0] !== kind || !NAME.test(name) || id !== keyId(name, kind, bytes.subarray(1)))
    return undefined;
  const der = Buffer.concat([SPKI, bytes.subarray(1)]);
  return { name, id, key: createPublicKey({ key: der, format: "der", type: "spki" }) };
}

export type Signature = { readonly name: string; readonly id: string; readonly bytes: Uint8Array };
export type Note = { readonly text: string; readonly signatures: readonly Signature[] };

const MOST_SIGNATURES = 100;

/** Undefined for what is no signed note. */
export function noteOf(signed: string): Note | undefined {
  const end = signed.lastIndexOf("\n\n") + 1;
  const lines = signed.slice(end + 1).split("\n");
  const signatures = lines.slice(0, -1).flatMap((line) => signatureOf(line) ?? []);
  const isWhole = end > 1 && lines.at(-1) === "" && signatures.length === lines.length - 1;
  if (!isWhole || signatures.length === 0 || signatures.length > MOST_SIGNATURES) return undefined;
  return /[^\P{Cc}\n]/u.test(signed) ? undefined : { text: signed.slice(0, end), signatures };
}

/** `— name base64(id ‖ signature)` */
function signatureOf(line: string): Signature | undefined {
  const [dash, name = "", encoded, ...more] = line.split(" ");
  const bytes = base64Bytes(encoded);
  if (dash !== "\u2014" || !NAME.test(name) || !bytes || bytes.length < 5 || more.length > 0)
    return undefined;
  return { name, id: Buffer.from(bytes.subarray(0, 4)).toString("hex"), bytes: bytes.subarray(4) };
}

export type Signed =
  | { readonly ok: true; readonly text: string; readonly by: readonly string[] }
  | { readonly ok: false; readonly kind: "bad signature" | "unknown key"; readonly message: string };

/** Unknown keys are ignored; a bad signature of a known key spoils the note, and so does having none. */
export function verifiedNote(signed: string, keys: readonly NoteKey[]): Signed {
  const note = noteOf(signed);
  if (!note) return { ok: false, kind: "bad signature", message: "it is no signed note" };
  const by: string[] = [];
  for (const { name, id, bytes } of note.signatures) {
    const known = keys.find((key) => key.name === name && key.id === id);
    if (!known) continue;
    const isGood = verify(null, Buffer.from(note.text), known.key, bytes);
    if (!isGood) return { ok: false, kind: "bad signature", message: `that of ${name}+${id} does not fit` };
    by.push(`${name}+${id}`);
  }
  if (by.length > 0) return { ok: true, text: note.text, by };
  const signers = note.signatures.map(({ name, id }) => `${name}+${id}`).join(", ");
  return { ok: false, kind: "unknown key", message: `it is signed by ${signers}, which was not given` };
}

export type Checkpoint = Head & { readonly origin: string };

/** Undefined for a text that is none. */
export function checkpointOf(text: string): Checkpoint | undefined {
  const [origin = "", sizeText, rootText, ...more] = text.split("\n");
  const [size, root] = [decimal(sizeText), base64Bytes(rootText, HASH_BYTES)];
  return origin === "" || size === undefined || !root || more.at(-1) !== ""
    ? undefined
    : { origin, size, root };
}
