// AES-256-GCM with the key of one subject. STORED FORMAT: what it gives is on disk for ever.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { GleitzeitError } from "../../domain/index.ts";
import type { SealedPlace, SealKey } from "../../engine/ports/index.ts";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 1;
/** What a sealed blob begins with, before its nonce. */
const BLOB_MARK = Buffer.from("GZS1");

export function sealKey(id: string, key: Uint8Array): SealKey {
  const nonceKey = createHmac("sha256", key).update("gleitzeit/blob-nonce/v1").digest();
  const blobAbout = (tenant: string): string => ["gleitzeit/sealed-blob/v1", tenant, id].join("\n");

  return {
    id,
    seal: (text, place) => {
      const nonce = randomBytes(NONCE_BYTES);
      const ciphertext = encrypted(key, nonce, text, aboutEvent(id, place));
      return {
        v: VERSION,
        keyId: id,
        nonce: nonce.toString("base64"),
        ciphertext: ciphertext.toString("base64"),
      };
    },
    open: ({ v, keyId, nonce, ciphertext }, place) => {
      const isOurs = v === VERSION && keyId === id;
      const plain = isOurs && decrypted(key, bytesOf(nonce), bytesOf(ciphertext), aboutEvent(id, place));
      if (plain) return plain;
      const { type, stream, revision } = place;
      throw altered(`the values of ${type} (${stream}, revision ${revision})`);
    },
    // The nonce follows from the content, so that the same file of the same person is one blob.
    sealBlob: (bytes, tenant) => {
      const nonce = createHmac("sha256", nonceKey).update(bytes).digest().subarray(0, NONCE_BYTES);
      return Buffer.concat([BLOB_MARK, nonce, encrypted(key, nonce, bytes, blobAbout(tenant))]);
    },
    openBlob: (sealed, tenant) => {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const start = BLOB_MARK.length + NONCE_BYTES;
      const isOurs = bytes.subarray(0, BLOB_MARK.length).equals(BLOB_MARK);
      const nonce = bytes.subarray(BLOB_MARK.length, start);
      const plain = isOurs && decrypted(key, nonce, bytes.subarray(start), blobAbout(tenant));
      if (plain) return plain;
      throw altered("a blob");
    },
  };
}

const aboutEvent = (id: string, { tenant, stream, revision, type }: SealedPlace): string =>
  ["gleitzeit/sealed/v1", tenant, stream, String(revision), type, id].join("\n");

/** Base64 that another writer would have written otherwise is not what was sealed. */
function bytesOf(base64: string): Buffer {
  const bytes = Buffer.from(base64, "base64");
  return bytes.toString("base64") === base64 ? bytes : Buffer.alloc(0);
}

export function encrypted(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array, about: string): Buffer {
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(about));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Undefined when this is not what was encrypted with this key about that. */
export function decrypted(
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  about: string,
): Uint8Array | undefined {
  if (nonce.length !== NONCE_BYTES || sealed.length < TAG_BYTES) return undefined;
  const end = sealed.length - TAG_BYTES;
  const cipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(about))
    .setAuthTag(sealed.subarray(end));
  const plain = cipher.update(sealed.subarray(0, end));
  try {
    return Buffer.concat([plain, cipher.final()]);
  } catch (error) {
    if (error instanceof Error) return undefined; // the tag does not fit
    throw error;
  }
}

const altered = (what: string): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `${what} cannot be opened: they were altered, or stood elsewhere when they were sealed`,
  );
