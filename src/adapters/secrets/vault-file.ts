// The vault on disk: one sealed file, and its key in another. STORED FORMAT.
//
// 1. All secrets are sealed together, names and dates included: whoever changes, adds or takes away anything without the
//    key leaves a file that nobody opens. That an older file was put back as a whole is not noticed.
// 2. The key is changed in three steps: the new key is written beside the old one (`.next`), the vault is sealed with it,
//    the new key takes the old one's place. Stopped between any two, the vault opens with one of the two keys.
// 3. Readers take no lock. One that comes between two steps finds a key that does not fit, and looks once more.
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { GleitzeitError, Instant } from "../../domain/index.ts";
import { readPrivate, renamePrivate, writePrivate } from "./private-files.ts";
import { KEY_BYTES, keyIdOf, Sealed, seal, unsealed } from "./seal.ts";

const FORMAT = "gleitzeit.vault/v1";

const Kept = z.object({ value: z.string(), created: Instant, changed: Instant });
const Contents = z.object({ secrets: z.record(z.string(), Kept) });
const VaultFile = z.object({ format: z.literal(FORMAT), sealed: Sealed });

/** By name. */
export type Secrets = ReadonlyMap<string, z.infer<typeof Kept>>;

export type VaultFiles = { readonly file: string; readonly keyFile: string };

type Opened = { readonly key: Uint8Array; readonly secrets: Secrets };

const nextOf = (keyFile: string): string => `${keyFile}.next`;

/** Undefined while there is no vault. */
export async function readVault(files: VaultFiles): Promise<Opened | undefined> {
  const first = await attempt(files);
  const found = first === "moved" ? await attempt(files) : first;
  if (found !== "moved") return found;
  throw new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `${files.file} was sealed with another key than ${files.keyFile}: put back the key that belongs to it`,
  );
}

async function attempt({ file, keyFile }: VaultFiles): Promise<Opened | undefined | "moved"> {
  const bytes = await readPrivate(file, "write");
  if (!bytes) return undefined;
  const sealed = sealedIn(bytes, file);
  const keys = [await readKey(keyFile), await readKey(nextOf(keyFile))];
  if (keys.every((key) => key === undefined)) {
    throw new GleitzeitError(
      "PERSISTENCE_INTEGRITY_ERROR",
      `${file} cannot be opened: its key ${keyFile} is missing; put it back from a backup`,
    );
  }
  const key = keys.find((one) => one !== undefined && keyIdOf(one) === sealed.keyId);
  if (!key) return "moved";
  const plain = unsealed(key, sealed, FORMAT);
  if (!plain) throw damaged(file);
  return { key, secrets: contentsOf(plain, file) };
}

export async function writeVault({ file }: VaultFiles, key: Uint8Array, secrets: Secrets): Promise<void> {
  const plain = Buffer.from(JSON.stringify({ secrets: Object.fromEntries(secrets) }));
  const text = JSON.stringify({ format: FORMAT, sealed: seal(key, plain, FORMAT) });
  await writePrivate(file, Buffer.from(`${text}\n`));
}

/** The key for a vault that is about to be written for the first time. */
export async function firstKey({ keyFile }: VaultFiles): Promise<Uint8Array> {
  const standing = await readKey(keyFile);
  if (standing) return standing;
  const key = randomBytes(KEY_BYTES);
  await writePrivate(keyFile, key);
  return key;
}

export async function changeKey(files: VaultFiles, secrets: Secrets): Promise<void> {
  const next = randomBytes(KEY_BYTES);
  await writePrivate(nextOf(files.keyFile), next);
  await writeVault(files, next, secrets);
  await renamePrivate(nextOf(files.keyFile), files.keyFile);
}

/** What a change of the key that was stopped has left: the vault has the new one, its place has the old one. */
export async function finishChange({ keyFile }: VaultFiles, { key }: Opened): Promise<void> {
  const next = await readKey(nextOf(keyFile));
  if (next && keyIdOf(next) === keyIdOf(key)) await renamePrivate(nextOf(keyFile), keyFile);
}

async function readKey(file: string): Promise<Uint8Array | undefined> {
  const bytes = await readPrivate(file, "read");
  if (bytes === undefined || bytes.length === KEY_BYTES) return bytes;
  throw new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `${file} has ${bytes.length} bytes and a key has ${KEY_BYTES}: put it back from a backup`,
  );
}

function sealedIn(bytes: Uint8Array, file: string): Sealed {
  const parsed = VaultFile.safeParse(jsonIn(bytes));
  if (parsed.success) return parsed.data.sealed;
  throw damaged(file);
}

function contentsOf(plain: Uint8Array, file: string): Secrets {
  const parsed = Contents.safeParse(jsonIn(plain));
  if (parsed.success) return new Map(Object.entries(parsed.data.secrets));
  throw damaged(file);
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

const damaged = (file: string): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `${file} was changed or damaged since it was written: nothing in it is used; put it back from a backup`,
  );
