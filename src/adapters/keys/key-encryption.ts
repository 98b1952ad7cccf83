// The key that wraps the keys of subjects: a file of its own, or a variable of the environment.
import { createHash, randomBytes } from "node:crypto";
import { isAbsolute, resolve } from "node:path";
import { GleitzeitError } from "../../domain/index.ts";
import type { KeyEncryption } from "../../engine/ports/index.ts";
import { madeKey, readKey } from "./key-file.ts";
import { decrypted, encrypted } from "./seal-key.ts";

const NONCE_BYTES = 12;
const KEY_BYTES = 32;

export type KeyEncryptionPlace = {
  /** `file:PATH` or `env:NAME`; a file that belongs to the store where nothing is said. */
  readonly named: string | undefined;
  readonly file: string;
  /** What relative paths start from. */
  readonly folder: string;
  readonly env: { readonly [name: string]: string | undefined };
  /** Whether a file that is not there may be made. */
  readonly mayMake: () => Promise<boolean>;
};

export async function keyEncryption(place: KeyEncryptionPlace): Promise<KeyEncryption> {
  const { named = `file:${place.file}` } = place;
  if (named.startsWith("env:")) return wrapping(fromEnvironment(named.slice(4), place.env));
  const path = named.slice("file:".length);
  return wrapping(await fromFile(isAbsolute(path) ? path : resolve(place.folder, path), place.mayMake));
}

async function fromFile(file: string, mayMake: () => Promise<boolean>): Promise<Uint8Array> {
  const key = (await readKey(file)) ?? ((await mayMake()) ? await madeKey(file) : undefined);
  if (key) return key;
  throw new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `${file}, which the keys of subjects are wrapped with, is missing: put it back from a backup`,
  );
}

function fromEnvironment(name: string, env: KeyEncryptionPlace["env"]): Uint8Array {
  const text = env[name]?.trim() ?? "";
  const key = /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  if (key.length === KEY_BYTES) return key;
  const what = text === "" ? "is not set" : "is not 32 bytes in base64 or hexadecimal digits";
  throw new GleitzeitError(
    "CONFIGURATION_ERROR",
    `${name}, which wraps the keys of subjects (\`key_encryption: env:${name}\`), ${what}`,
  );
}

/** STORED FORMAT: nonce, ciphertext, tag. */
function wrapping(key: Uint8Array): KeyEncryption {
  return {
    id: createHash("sha256").update("gleitzeit key id\n").update(key).digest("hex").slice(0, 16),
    wrap: async (plain, about) => {
      const nonce = randomBytes(NONCE_BYTES);
      return Buffer.concat([nonce, encrypted(key, nonce, plain, about)]);
    },
    unwrap: async (wrapped, about) =>
      decrypted(key, wrapped.subarray(0, NONCE_BYTES), wrapped.subarray(NONCE_BYTES), about),
  };
}
