// The key and the names of a store, beside a copy of it: without its key a copy cannot be gone on with. What was erased
// since is not brought along.
import { mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { GleitzeitError } from "../../domain/index.ts";
import type { ErasedNames, ErasureList } from "./erasure-list.ts";
import { codeOf, fileFailure, writeDurably } from "./key-file.ts";

/** In GLEITZEIT_HOME. */
export type Erased = { readonly keys: ErasureList; readonly names: ErasedNames };

/** What is there already and the same stays; what is there and differs is refused before anything is written. */
export async function copyKeys(from: string, to: string, erased: Erased): Promise<void> {
  const files = await filesBelow(from);
  const missing: { readonly target: string; readonly bytes: Uint8Array }[] = [];
  for (const file of files) {
    const [bytes, target] = [await readFile(join(from, file)), join(to, file)];
    if (await isErased(file, bytes, erased)) continue;
    const standing = await readIfThere(target);
    if (standing === undefined) missing.push({ target, bytes });
    else if (!bytes.equals(standing)) throw differs(target);
  }
  for (const { target, bytes } of missing) {
    try {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await writeDurably(target, bytes);
    } catch (error) {
      throw fileFailure(error, target);
    }
  }
}

const Named = z.object({ keyId: z.string().exactOptional(), entry: z.string().exactOptional() });

/** By what a file of a key or a name calls itself. */
async function isErased(file: string, bytes: Uint8Array, { keys, names }: Erased): Promise<boolean> {
  if (!file.endsWith(".json")) return false;
  const { keyId, entry } = Named.safeParse(jsonIn(bytes)).data ?? {};
  return (
    (keyId !== undefined && (await keys.has(keyId))) || (entry !== undefined && (await names.has(entry)))
  );
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // damaged: whoever uses it says so
    throw error;
  }
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw fileFailure(error, folder);
  }
}

const readIfThere = (file: string): Promise<Buffer | undefined> =>
  readFile(file).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw fileFailure(error, file);
  });

const differs = (file: string): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_WRITE_FAILED",
    `${file} is the key of another store and is left as it is; move the folder ${dirname(file)} away, or name another place`,
  );
