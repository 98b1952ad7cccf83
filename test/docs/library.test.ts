// Every program in docs/library.md runs by itself, ends by itself, and prints what stands below it.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gz-docs-"));
  await mkdir(join(folder, "node_modules"));
  await symlink(root, join(folder, "node_modules/gleitzeit"));
  await symlink(join(root, "node_modules/zod"), join(folder, "node_modules/zod"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Block = { readonly language: string; readonly text: string };

async function blocks(): Promise<readonly Block[]> {
  const text = await readFile(join(root, "docs/library.md"), "utf8");
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", body = ""]) => ({
    language,
    text: body,
  }));
}

test("the programs of docs/library.md print what it says, and leave nothing that keeps them alive", async () => {
  const all = await blocks();
  let programs = 0;
  for (const [i, { language, text }] of all.entries()) {
    const [, module] = /^\/\/ (\S+\.mjs)\n/.exec(text) ?? [];
    if (language === "yaml") await writeFile(join(folder, "gleitzeit.yaml"), text);
    if (module !== undefined) await writeFile(join(folder, module), text);
    if (language !== "js" || module !== undefined) continue;
    const file = `program-${i}.mjs`;
    await writeFile(join(folder, file), text);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { cwd: folder });
    expect(stderr).toBe("");
    expect(all[i + 1]?.language).toBe("text");
    expect(stdout).toBe(all[i + 1]?.text);
    programs += 1;
  }
  expect(programs).toBe(4);
});
