// AES-256-GCM over some bytes: who has not the key can neither read nor change them. STORED FORMAT: `Sealed` is on disk.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { z } from "zod";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

export const Sealed = z.object({
  v: z.literal(1),
  keyId: z.string(),
  nonce: z.base64(),
  /** Followed by its tag. */
  ciphertext: z.base64(),
});
export type Sealed = z.infer<typeof Sealed>;

/** Tells keys apart, and says nothing of them. */
export const keyIdOf = (key: Uint8Array): string =>
  createHash("sha256").update("gleitzeit key id\n").update(key).digest("hex").slice(0, 16);

/** `about`: what these bytes are; sealed for one thing they cannot be put where another belongs. */
export function seal(key: Uint8Array, plain: Uint8Array, about: string): Sealed {
  const keyId = keyIdOf(key);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(boundTo(about, keyId));
  const bytes = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { v: 1, keyId, nonce: nonce.toString("base64"), ciphertext: bytes.toString("base64") };
}

/** Undefined when this is not what was sealed with this key. */
export function unsealed(key: Uint8Array, sealed: Sealed, about: string): Uint8Array | undefined {
  const [nonce, bytes] = [Buffer.from(sealed.nonce, "base64"), Buffer.from(sealed.ciphertext, "base64")];
  if (nonce.length !== NONCE_BYTES || bytes.length < TAG_BYTES) return undefined;
  const end = bytes.length - TAG_BYTES;
  const cipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(boundTo(about, sealed.keyId))
    .setAuthTag(bytes.subarray(end));
  const plain = cipher.update(bytes.subarray(0, end));
  try {
    return Buffer.concat([plain, cipher.final()]);
  } catch (error) {
    if (error instanceof Error) return undefined; // the tag does not fit
    throw error;
  }
}

const boundTo = (about: string, keyId: string): Uint8Array => Buffer.from(`${about}\n${keyId}`);
