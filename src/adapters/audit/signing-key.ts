// Keys that sign checkpoints: Ed25519, written as Go's signed notes write them (`PRIVATE+KEY+name+id+base64`).
import { createPrivateKey, createPublicKey, randomBytes, sign } from "node:crypto";
import { base64Bytes } from "./verifier/canonical.ts";
import { keyId } from "./verifier/note.ts";

export type SigningKey = {
  readonly name: string;
  readonly id: string;
  readonly vkey: string;
  /** The private key itself. */
  readonly text: string;
  readonly sign: (text: string) => Uint8Array;
};

const ED25519 = 1;
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
export const SEED_BYTES = 32;

export function signingKey(name: string, seed: Uint8Array = randomBytes(SEED_BYTES)): SigningKey {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-SEED_BYTES);
  const id = keyId(name, ED25519, publicKey);
  const encoded = (bytes: Uint8Array): string =>
    Buffer.concat([Buffer.of(ED25519), bytes]).toString("base64");
  return {
    name,
    id,
    vkey: `${name}+${id}+${encoded(publicKey)}`,
    text: `PRIVATE+KEY+${name}+${id}+${encoded(seed)}`,
    sign: (text) => sign(null, Buffer.from(text), key),
  };
}

/** Undefined for what is no such key. */
export function signingKeyOf(text: string): SigningKey | undefined {
  const [, name = "", id, encoded] =
    /^PRIVATE\+KEY\+([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? [];
  const bytes = base64Bytes(encoded, 1 + SEED_BYTES);
  if (bytes?.[0] !== ED25519) return undefined;
  const key = signingKey(name, bytes.subarray(1));
  return key.id === id ? key : undefined;
}
