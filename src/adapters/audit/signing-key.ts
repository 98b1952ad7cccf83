// Keys that sign checkpoints: Ed25519, written as Go's signed notes write them (`PRIVATE+KEY+name+id+base64`), and kept
// outside the store, where only their owner may read them.
import { createPrivateKey, createPublicKey, randomBytes, sign } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { GleitzeitError } from "../../domain/index.ts";
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
const SEED_BYTES = 32;

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
function signingKeyOf(text: string): SigningKey | undefined {
  const [, name = "", id, encoded] =
    /^PRIVATE\+KEY\+([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? [];
  const bytes = base64Bytes(encoded, 1 + SEED_BYTES);
  if (bytes?.[0] !== ED25519) return undefined;
  const key = signingKey(name, bytes.subarray(1));
  return key.id === id ? key : undefined;
}

export type KeyRing = {
  readonly place: string;
  readonly all: () => Promise<readonly SigningKey[]>;
  readonly add: (key: SigningKey) => Promise<void>;
  readonly remove: (key: Pick<SigningKey, "name" | "id">) => Promise<void>;
};

export function keyFiles(folder: string): KeyRing {
  const fileOf = ({ name, id }: Pick<SigningKey, "name" | "id">): string =>
    join(folder, `${encodeURIComponent(name)}.${id}.key`);
  return {
    place: folder,
    all: async () => {
      const names = await readdir(folder).catch((error: unknown) => {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
        throw failure(error, folder);
      });
      return Promise.all(
        names.filter((name) => name.endsWith(".key")).map((name) => readKeyFile(join(folder, name))),
      );
    },
    add: async (key) => {
      const file = fileOf(key);
      const part = `${file}.${randomBytes(6).toString("hex")}`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const handle = await open(part, "wx", 0o600);
        await handle.writeFile(`${key.text}\n`);
        await handle.sync().finally(() => handle.close());
        await rename(part, file);
      } catch (error) {
        throw failure(error, file);
      }
    },
    remove: (key) => rm(fileOf(key), { force: true }),
  };
}

/** A key that others may read is none: whoever has it signs as this log. */
async function readKeyFile(file: string): Promise<SigningKey> {
  const handle = await open(file, "r").catch((error: unknown) => {
    throw failure(error, file);
  });
  try {
    const { mode } = await handle.stat();
    if ((mode & 0o077) !== 0) {
      const remedy = `take their rights away (chmod 600 ${file}), or make another key if they had it`;
      throw new GleitzeitError("AUTHORIZATION_FAILED", `others may read the signing key ${file}: ${remedy}`);
    }
    const key = signingKeyOf(await handle.readFile("utf8"));
    if (key) return key;
    throw new GleitzeitError(
      "PERSISTENCE_INTEGRITY_ERROR",
      `${file} is no signing key: put it back from a backup`,
    );
  } finally {
    await handle.close();
  }
}

export function memoryKeyRing(): KeyRing {
  const keys = new Map<string, SigningKey>();
  return {
    place: "memory",
    all: async () => [...keys.values()],
    add: async (key) => void keys.set(key.id, key),
    remove: async ({ id }) => void keys.delete(id),
  };
}

const failure = (error: unknown, file: string): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_WRITE_FAILED",
    `${file}: ${error instanceof Error ? error.message : String(error)}`,
    { cause: error },
  );
