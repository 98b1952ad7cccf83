// A tenant's secret, from which ids of named runs, request hashes and actors' ids are made. It lies beside the
// store and never in it, so that who has the store alone cannot find out what the names were.
import { createHmac, randomBytes } from "node:crypto";
import { join } from "node:path";
import { GleitzeitError, TENANT_MAIN } from "../../domain/index.ts";
import type { TenantKeys } from "../../engine/ports/index.ts";
import { madeKey, readKey } from "./key-file.ts";

export type KeyFolder = {
  /** `keys/<name of the store's file>` beside the store. */
  readonly folder: string;
  /** Whether anything was ever made with the key: then a missing one is not replaced. */
  readonly isUsed: () => Promise<boolean>;
};

export async function fileKeys({ folder, isUsed }: KeyFolder): Promise<TenantKeys> {
  const file = join(folder, `${TENANT_MAIN}.key`);
  const key = (await readKey(file)) ?? (await firstKey(file, isUsed));
  return keysOf(new Map([[TENANT_MAIN, key]]));
}

/** For a store that lives as long as the process. */
export const memoryKeys = (): TenantKeys => keysOf(new Map([[TENANT_MAIN, randomBytes(32)]]));

async function firstKey(file: string, isUsed: () => Promise<boolean>): Promise<Uint8Array> {
  if (!(await isUsed())) return madeKey(file);
  throw new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `the store holds runs, but its key ${file} is missing: put it back from a backup (a new key would give the same names other runs)`,
  );
}

/**
 * Another secret beside the tenant's, such as the one that secrets of webhooks are sealed with. Undefined for who only
 * reads and finds none.
 */
export async function keyBeside(
  { folder, isUsed }: KeyFolder,
  name: string,
  write: boolean,
): Promise<Uint8Array | undefined> {
  const file = join(folder, `${name}.key`);
  const key = await readKey(file);
  if (key || !write) return key;
  if (!(await isUsed())) return madeKey(file);
  throw new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `the store holds what was sealed with the key ${file}, and it is missing: put it back from a backup`,
  );
}

/** HMAC-SHA256 over the parts, a label first, joined by line breaks. */
function keysOf(keys: ReadonlyMap<string, Uint8Array>): TenantKeys {
  return {
    hmac: (tenant, ...parts) => {
      const key = keys.get(tenant);
      if (!key) throw new GleitzeitError("CONFIGURATION_ERROR", `no key for tenant ${tenant}`);
      return createHmac("sha256", key).update(parts.join("\n")).digest("hex");
    },
  };
}
