// Which archives lie in a folder.
import { readdir } from "node:fs/promises";

/** In the order of their names; what is being written has other names. */
export async function archivesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => /^[0-9a-f].*\.bundle$/.test(name)).toSorted();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
