// Where secrets may be kept besides the vault: variables of the environment, and files of a folder, one secret each, as
// container platforms mount them.
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { GleitzeitError, isSecretName } from "../../domain/index.ts";
import type { Secrets } from "../../engine/ports/index.ts";
import { codeOf, failure } from "./private-files.ts";
import type { Vault } from "./vault.ts";

const MOST_BYTES = 64 * 1024;

export const secretsInVault = ({ value }: Pick<Vault, "value">): Secrets => ({
  value,
  remedy: (name) => `set it with \`gleitzeit secrets set ${name}\``,
});

export const secretsInEnvironment = (env: { readonly [name: string]: string | undefined }): Secrets => ({
  value: async (name) => env[name] || undefined,
  remedy: (name) => `set the environment variable ${name}`,
});

/** One line break at the end is the file's, not the secret's. */
export const secretsInFiles = (folder: string): Secrets => ({
  value: async (name) => {
    if (!isSecretName(name)) return undefined;
    const file = join(folder, name);
    const bytes = await bytesOf(file);
    return bytes === undefined ? undefined : textIn(bytes, file).replace(/\r?\n$/, "");
  },
  remedy: (name) => `put it into the file ${join(folder, name)}`,
});

async function bytesOf(file: string): Promise<Uint8Array | undefined> {
  try {
    const { size } = await stat(file);
    if (size > MOST_BYTES)
      throw new GleitzeitError(
        "CONFIGURATION_ERROR",
        `${file} has ${size} bytes, and a secret ${MOST_BYTES} at most`,
      );
    return await readFile(file);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw failure(error, file);
  }
}

function textIn(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new GleitzeitError("CONFIGURATION_ERROR", `${file} is no UTF-8 text`, { cause: error });
  }
}
