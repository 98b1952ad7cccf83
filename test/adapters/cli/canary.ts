// A value that must be nowhere, and where to look for it.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";

/** With everything that some encoding changes. */
export const CANARY = 'canary/"4f1c+ö&<0ffee>\\ %';

const formsOf = (canary: string): readonly string[] => [
  canary,
  JSON.stringify(canary).slice(1, -1),
  encodeURIComponent(canary),
  Buffer.from(canary).toString("base64").slice(0, -2),
  Buffer.from(canary).toString("hex"),
  canary.slice(0, -1),
];

export function expectClean(text: string): void {
  for (const form of formsOf(CANARY)) expect(text).not.toContain(form);
}

export const everyFile = async (folder: string): Promise<string> =>
  (await filesIn(folder))
    .map(({ bytes }) => `${bytes.toString("utf8")}\n${bytes.toString("latin1")}`)
    .join("\n");

/** Which of them stand in which file, by their bytes, and in the names of files. */
export async function whereabouts(folder: string, canaries: readonly string[]): Promise<readonly string[]> {
  const files = await filesIn(folder);
  return files.flatMap(({ path, bytes }) =>
    canaries
      .filter((canary) => standsIn(Buffer.concat([Buffer.from(path), bytes]), canary))
      .map((canary) => `${canary} in ${path}`),
  );
}

export const standsIn = (bytes: Buffer, canary: string): boolean =>
  formsOf(canary).some((form) => bytes.includes(form)) || bytes.includes(Buffer.from(canary, "utf16le"));

async function filesIn(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return { path: path.slice(folder.length), bytes: await readFile(path) };
    }),
  );
}
