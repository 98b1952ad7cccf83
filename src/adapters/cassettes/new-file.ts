// A new file under the first name that is free, whole or not at all, also when this process is killed.
import { link, open, rm } from "node:fs/promises";
import { join } from "node:path";

export const draftIn = (folder: string, random: string): string => join(folder, `.${random}.draft`);
export const isDraft = (name: string): boolean => name.startsWith(".") && name.endsWith(".draft");

export type NewFile = { readonly folder: string; readonly draft: string; readonly text: string };

/** A recorder that begins takes away the drafts it finds: as often one may be written again. */
const MOST_DRAFTS = 10;

/** `nextName` is asked until it gives a name that nobody has. */
export async function newFile({ folder, draft, text }: NewFile, nextName: () => string): Promise<void> {
  const path = draftIn(folder, draft);
  try {
    for (let tries = 1; ; tries += 1) {
      await written(path, text);
      if (await linked(path, folder, nextName)) return;
      if (tries === MOST_DRAFTS) throw new Error("its drafts are taken away again and again");
    }
  } finally {
    await rm(path, { force: true });
  }
}

async function written(path: string, text: string): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** False where the draft is gone. */
async function linked(path: string, folder: string, nextName: () => string): Promise<boolean> {
  for (;;) {
    try {
      await link(path, join(folder, nextName()));
      return true;
    } catch (error) {
      const reason = error instanceof Error && "code" in error ? error.code : undefined;
      if (reason === "ENOENT") return false;
      if (reason !== "EEXIST") throw error;
    }
  }
}
