// Keys that somebody trusts, as `--vkey` says them: a key, or a file of such.
import { GleitzeitError } from "../../domain/index.ts";
import { keysIn } from "./verifier/bundle.ts";
import type { NoteKey } from "./verifier/note.ts";

export const trustedKeys = async (given: readonly string[]): Promise<readonly NoteKey[]> =>
  (await Promise.all(given.map(keysGiven))).flat();

async function keysGiven(given: string): Promise<readonly NoteKey[]> {
  try {
    return await keysIn(given);
  } catch (error) {
    if (error instanceof TypeError) throw new GleitzeitError("USAGE_ERROR", `--vkey: ${error.message}`);
    if (!(error instanceof Error && "code" in error)) throw error;
    const code = error.code === "ENOENT" ? "RUN_NOT_FOUND" : "PERSISTENCE_READ_FAILED";
    const message = `--vkey: ${given} is no key as \`audit vkey\` prints it, and no file that can be read (${error.message})`;
    throw new GleitzeitError(code, message, { cause: error });
  }
}
