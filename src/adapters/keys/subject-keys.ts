// Keys of subjects, a small file each: `subjects/<tenant>.<subject>.json`, never in the store. Removing the file is what
// erases a person.
//
// Invariants:
//  1. A key that is on the list of erasures, or that the log says was erased, is never used again, wherever its file came from.
//  2. A key that is missing without either is an error, not an erasure.
//  3. Each use looks at the file: what another process has destroyed is not read from memory here.
import { randomBytes } from "node:crypto";
import { open, readFile, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { GleitzeitError } from "../../domain/index.ts";
import type { KeyEncryption, SealKey, SubjectKeys } from "../../engine/ports/index.ts";
import type { ErasureList } from "./erasure-list.ts";
import { codeOf, fileFailure, syncFolder, writeFirst } from "./key-file.ts";
import { sealKey } from "./seal-key.ts";

const KeyFile = z.object({ v: z.literal(1), keyId: z.string(), kek: z.string(), wrapped: z.base64() });
type KeyFile = z.infer<typeof KeyFile>;

/** Stands where a subject would for what is sealed without one. */
const OF_TENANT = "tenant";
const KEY_ID = /^([0-9a-f]{64}|tenant)\.[0-9a-f]{16}$/;

export type SubjectKeyFolder = {
  readonly folder: string;
  readonly erasures: ErasureList;
  readonly encryption: () => Promise<KeyEncryption>;
  /** Whether what has no subject is sealed too. */
  readonly isAll: boolean;
  /** Keys of that subject which the log says were destroyed. */
  readonly erasedInLog: (tenant: string, subject: string) => Promise<ReadonlySet<string>>;
};

export function subjectKeys({
  folder,
  erasures,
  encryption,
  isAll,
  erasedInLog,
}: SubjectKeyFolder): SubjectKeys {
  const fileOf = (tenant: string, of: string): string =>
    join(folder, `${encodeURIComponent(tenant)}.${of}.json`);
  const opened = new Map<string, { readonly stamp: string; readonly key: SealKey }>();
  const log = new Map<string, Promise<ReadonlySet<string>>>();

  const isErased = async (tenant: string, subject: string, keyId: string): Promise<boolean> => {
    if (await erasures.has(keyId)) return true;
    const name = `${tenant} ${subject}`;
    const said = log.get(name) ?? erasedInLog(tenant, subject);
    log.set(name, said);
    return (await said).has(keyId);
  };

  /** The key that stands in the file now, if it may be used. */
  const current = async (tenant: string, subject: string): Promise<SealKey | undefined> => {
    const file = fileOf(tenant, subject);
    const stamp = await stampOf(file);
    if (stamp === undefined) return undefined;
    const known = opened.get(file);
    const key = known?.stamp === stamp ? known.key : await unwrapped(file, tenant, subject);
    if (key === undefined) return undefined;
    if (await isErased(tenant, subject, key.id)) {
      await destroyFile(tenant, subject, key.id);
      return undefined;
    }
    opened.set(file, { stamp, key });
    return key;
  };

  const unwrapped = async (file: string, tenant: string, subject: string): Promise<SealKey | undefined> => {
    const found = await readKeyFile(file);
    if (!found) return undefined;
    const kek = await encryption();
    const key = await kek.unwrap(Buffer.from(found.wrapped, "base64"), about(tenant, subject, found.keyId));
    if (key) return sealKey(found.keyId, key);
    const why =
      found.kek === kek.id ? "it was altered" : "it was wrapped with another key (`key_encryption`)";
    throw new GleitzeitError("PERSISTENCE_INTEGRITY_ERROR", `${file} cannot be unwrapped: ${why}`);
  };

  const made = async (tenant: string, subject: string): Promise<SealKey> => {
    const keyId = `${subject}.${randomBytes(8).toString("hex")}`;
    const kek = await encryption();
    const wrapped = Buffer.from(await kek.wrap(randomBytes(32), about(tenant, subject, keyId)));
    const content: KeyFile = { v: 1, keyId, kek: kek.id, wrapped: wrapped.toString("base64") };
    await writeFirst(fileOf(tenant, subject), new TextEncoder().encode(JSON.stringify(content)));
    const key = await current(tenant, subject);
    if (key) return key;
    throw new GleitzeitError("PERSISTENCE_WRITE_FAILED", "the key of a subject was just written and is gone");
  };

  const destroyFile = async (tenant: string, subject: string, keyId: string): Promise<void> => {
    await erasures.add({ tenant, subject, keyId });
    const file = fileOf(tenant, subject);
    opened.delete(file);
    await overwritten(file);
  };

  return {
    keyFor: async (tenant, subject) => {
      if (subject === undefined && !isAll) return undefined;
      const of = subject ?? OF_TENANT;
      return (await current(tenant, of)) ?? made(tenant, of);
    },
    keyOf: async (tenant, keyId) => {
      const subject = KEY_ID.exec(keyId)?.[1];
      if (subject === undefined) throw missing(keyId, folder);
      const key = await current(tenant, subject).catch(async (error: unknown) => {
        if (ifDamaged(error) && (await isErased(tenant, subject, keyId))) return undefined;
        throw error;
      });
      if (key?.id === keyId) return key;
      if (await isErased(tenant, subject, keyId)) return undefined;
      log.delete(`${tenant} ${subject}`); // it may have been said since
      if (await isErased(tenant, subject, keyId)) return undefined;
      throw missing(keyId, folder);
    },
    destroy: async (tenant, subject, known = []) => {
      const found = await readKeyFile(fileOf(tenant, subject)).catch(ifDamaged);
      if (found === "damaged") await overwritten(fileOf(tenant, subject));
      else if (found) await destroyFile(tenant, subject, found.keyId);
      for (const keyId of known) await erasures.add({ tenant, subject, keyId });
      const before = (await erasures.all()).filter((one) => one.tenant === tenant && one.subject === subject);
      return [...new Set([...before.map(({ keyId }) => keyId), ...(await erasedInLog(tenant, subject))])];
    },
    destroyed: () => erasures.all(),
  };
}

const about = (tenant: string, subject: string, keyId: string): string =>
  ["gleitzeit/subject-key/v1", tenant, subject, keyId].join("\n");

/** Tells one state of the file from another; undefined where there is none. */
async function stampOf(file: string): Promise<string | undefined> {
  try {
    const { ino, mtimeMs, size } = await stat(file);
    return `${ino} ${mtimeMs} ${size}`;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw fileFailure(error, file);
  }
}

async function readKeyFile(file: string): Promise<KeyFile | undefined> {
  try {
    return KeyFile.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    if (codeOf(error) !== undefined) throw fileFailure(error, file);
    throw new GleitzeitError("PERSISTENCE_INTEGRITY_ERROR", `${file} is damaged: put it back from a backup`, {
      cause: error,
    });
  }
}

/** By a process that died while it destroyed it, or otherwise: there is nothing in it to be kept. */
function ifDamaged(error: unknown): "damaged" {
  if (error instanceof GleitzeitError && error.code === "PERSISTENCE_INTEGRITY_ERROR") return "damaged";
  throw error;
}

/** Also what lay in the file is gone, as far as a program can tell a disk. */
async function overwritten(file: string): Promise<void> {
  try {
    const handle = await open(file, "r+");
    try {
      const { size } = await handle.stat();
      await handle.write(randomBytes(size), 0, size, 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rm(file, { force: true });
    await syncFolder(dirname(file));
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw fileFailure(error, file);
  }
}

const missing = (keyId: string, folder: string): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `the key ${keyId} is not in ${folder}, and nothing says that it was erased: put that folder back from a backup`,
  );
