// The tiles of a store, beside a copy of it, so that the copy can be verified where it lies. They are copied behind the log: what
// its last checkpoint covers was written before that was signed, and what they hold beyond it is written over.
import { cp } from "node:fs/promises";
import { GleitzeitError } from "../../domain/index.ts";

export async function copyTiles(from: string, to: string): Promise<void> {
  try {
    await cp(from, to, { recursive: true, force: true });
  } catch (error) {
    const isNone = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (isNone) return; // nothing was signed yet, or they were lost: they are made again from the log
    const message = `${to}: ${error instanceof Error ? error.message : String(error)}`;
    throw new GleitzeitError("PERSISTENCE_WRITE_FAILED", message, { cause: error });
  }
}
