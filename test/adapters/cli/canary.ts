// A value that must be nowhere, and where to look for it.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";

/** With everything that some encoding changes. */
export const CANARY = 'canary/"4f1c+ö&<0ffee>\\ %';

const forms: readonly string[] = [
  CANARY,
  JSON.stringify(CANARY).slice(1, -1),
  encodeURIComponent(CANARY),
  Buffer.from(CANARY).toString("base64").slice(0, -2),
  Buffer.from(CANARY).toString("hex"),
  CANARY.slice(0, -1),
];

export function expectClean(text: string): void {
  for (const form of forms) expect(text).not.toContain(form);
}

export async function everyFile(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const bytes = await readFile(join(parentPath, name));
      return `${bytes.toString("utf8")}\n${bytes.toString("latin1")}`;
    }),
  );
  return texts.join("\n");
}
