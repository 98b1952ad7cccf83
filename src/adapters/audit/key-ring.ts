// Where signing keys are: in files outside the store that only their owner may read, or in memory. (given-keys.ts: where
// the configuration says.)
import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { GleitzeitError } from "../../domain/index.ts";
import { type SigningKey, signingKey, signingKeyOf } from "./signing-key.ts";

export type KeyRing = {
  /** For messages. */
  readonly place: string;
  /** What to do about a key that is not among them. */
  readonly remedy: string;
  /** Those for this log; it begins with the first. */
  readonly of: (origin: string) => Promise<readonly SigningKey[]>;
  /** One that has not signed yet, as far as `used` tells: made, or taken of those that were given. */
  readonly next: (origin: string, used: ReadonlySet<string>) => Promise<SigningKey>;
  readonly remove: (key: Pick<SigningKey, "name" | "id">) => Promise<void>;
  /** Logs that it has keys for, as far as that can be told without reading a secret. */
  readonly origins: () => Promise<readonly string[]>;
};

export function keyFiles(folder: string): KeyRing {
  const fileOf = ({ name, id }: Pick<SigningKey, "name" | "id">): string =>
    join(folder, `${encodeURIComponent(name)}.${id}.key`);
  async function all(): Promise<readonly SigningKey[]> {
    const names = await readdir(folder).catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw failure(error, folder);
    });
    return Promise.all(
      names.filter((name) => name.endsWith(".key")).map((name) => readKeyFile(join(folder, name))),
    );
  }

  return {
    place: folder,
    remedy: "put it back from a backup",
    of: async (origin) => (await all()).filter(({ name }) => name === origin),
    next: async (origin) => {
      const key = signingKey(origin);
      const file = fileOf(key);
      const part = `${file}.${randomBytes(6).toString("hex")}`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const handle = await open(part, "wx", 0o600);
        await handle.writeFile(`${key.text}\n`);
        await handle.sync().finally(() => handle.close());
        await rename(part, file);
        return key;
      } catch (error) {
        throw failure(error, file);
      }
    },
    remove: (key) => rm(fileOf(key), { force: true }),
    origins: async () => (await all()).map(({ name }) => name),
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
      `${file} is no signing key: put it back from a backup; without one remove it, and answer for it with \`gleitzeit audit rotate --lost --reason TEXT\``,
    );
  } finally {
    await handle.close();
  }
}

export function memoryKeyRing(): KeyRing {
  const keys = new Map<string, SigningKey>();
  return {
    place: "memory",
    remedy: "it went with its process",
    of: async (origin) => [...keys.values()].filter(({ name }) => name === origin),
    next: async (origin) => {
      const key = signingKey(origin);
      keys.set(key.id, key);
      return key;
    },
    remove: async ({ id }) => void keys.delete(id),
    origins: async () => [...keys.values()].map(({ name }) => name),
  };
}

const failure = (error: unknown, file: string): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_WRITE_FAILED",
    `${file}: ${error instanceof Error ? error.message : String(error)}`,
    { cause: error },
  );
