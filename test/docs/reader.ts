// Does what a page says, from top to bottom, in a folder of its own: documents are run, programs too, commands are
// typed, and what stands below them is what they print.
import { execFile } from "node:child_process";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { parse } from "yaml";
import { isList, isObject, type Json } from "../../src/domain/index.ts";
import { type Block, blocksIn, commandsIn, isShown as isPrinted } from "./blocks.ts";
import { fromTypeScript } from "./typescript.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = join(root, "dist/main.js");

export type Desk = { readonly folder: string; readonly home: string; readonly bin: string };

/** Drawn from the code's own tables, and compared with them by state-machines.test.ts. */
const DRAWN = "mermaid";

/** A folder in which `gleitzeit` and `npx gleitzeit` are commands, and the library is a package. */
export async function desk(place: string, cache: string): Promise<Desk> {
  const at = { folder: join(place, "work"), home: join(place, "home"), bin: join(place, "bin") };
  await Promise.all(Object.values(at).map((folder) => mkdir(folder, { recursive: true })));
  await symlink(cache, join(at.home, "cache"));
  await mkdir(join(at.folder, "node_modules"));
  await symlink(root, join(at.folder, "node_modules/gleitzeit"));
  await symlink(join(root, "node_modules/zod"), join(at.folder, "node_modules/zod"));
  await symlink(join(root, "examples"), join(at.folder, "examples"));
  const commands = {
    gleitzeit: `exec "${process.execPath}" "${MAIN}" "$@"`,
    npx: 'shift; exec gleitzeit "$@"',
  };
  for (const [name, line] of Object.entries(commands)) {
    await writeFile(join(at.bin, name), `#!/bin/sh\n${line}\n`);
    await chmod(join(at.bin, name), 0o755);
  }
  return at;
}

type Printed = { readonly exit: number; readonly stdout: string; readonly stderr: string };

function ran(at: Desk, file: string, args: readonly string[]): Promise<Printed> {
  const env = {
    PATH: `${at.bin}:${process.env.PATH ?? ""}`,
    HOME: at.home,
    GLEITZEIT_HOME: at.home,
    LANG: "C.UTF-8",
  };
  return new Promise((resolve) => {
    const child = execFile(file, args, { cwd: at.folder, env }, (error, stdout, stderr) => {
      const exit = error ? (typeof error.code === "number" ? error.code : -1) : 0;
      resolve({ exit, stdout, stderr });
    });
    child.stdin?.end();
  });
}

/** How many blocks of the page were run; the others are files for these, or say why not. */
export async function read(page: string, at: Desk): Promise<number> {
  const blocks = blocksIn(page);
  const isUsed = (name: string): boolean => blocks.some(({ text }) => text.includes(name));
  let count = 0;
  for (const [i, block] of blocks.entries()) {
    if (block.reason !== undefined || block.language === DRAWN) continue;
    const next = blocks[i + 1];
    const isShown = next?.language === "text" && next.reason === undefined && next.name === undefined;
    const shown = isShown ? next.text : undefined;
    if (await follow(block, shown, { at, isUsed, before: blocks[i - 1] })) count += 1;
  }
  return count;
}

type Reading = {
  readonly at: Desk;
  /** Some command or document on the page takes this file. */
  readonly isUsed: (name: string) => boolean;
  readonly before: Block | undefined;
};

async function follow(block: Block, shown: string | undefined, reading: Reading): Promise<boolean> {
  const { at, before } = reading;
  switch (block.language) {
    case "yaml":
      return document(block, shown, reading);
    case "js":
    case "ts":
      return program(block, shown, at);
    case "console":
      for (const { line, shown: below, exit } of commandsIn(block.text)) {
        const printed = await ran(at, "/bin/sh", ["-c", line]);
        told(block, line, printed, { exit, shown: below === "" ? undefined : below });
      }
      return true;
    case "text":
      if (block.name === undefined && before !== undefined && ["yaml", "js", "ts"].includes(before.language))
        return false;
      break;
  }
  if (block.name !== undefined) {
    await put(at, block.name, block.text);
    return false;
  }
  throw new Error(`line ${block.line}: nothing is done with this block; say why: \`not run: …\``);
}

async function put(at: Desk, name: string, text: string): Promise<void> {
  await mkdir(dirname(join(at.folder, name)), { recursive: true });
  await writeFile(join(at.folder, name), text);
}

async function document(block: Block, shown: string | undefined, { at, isUsed }: Reading): Promise<boolean> {
  const value: Json = parse(block.text);
  const isTasks = isList(value);
  const name = block.name ?? `line-${block.line}.yaml`;
  const text = isTasks ? `name: Line ${block.line}\ntasks:\n${block.text.replace(/^/gm, "  ")}` : block.text;
  await put(at, name, text);
  if (isUsed(name)) return false;
  const isWorkflow =
    isTasks || (isObject(value) && (value.tasks !== undefined || value.template !== undefined));
  const args = isWorkflow ? ["run", name, "--quiet"] : ["config", "validate", name];
  told(block, args.join(" "), await ran(at, "gleitzeit", args), { exit: 0, shown });
  return true;
}

/** One with a file name is a part of another. */
async function program(block: Block, shown: string | undefined, at: Desk): Promise<boolean> {
  const text = block.language === "ts" ? fromTypeScript(block.text, at.folder) : block.text;
  const name = block.name ?? `line-${block.line}.mjs`;
  await put(at, name, text);
  if (block.name !== undefined) return false;
  const printed = await ran(at, process.execPath, [name]);
  expect(printed.stderr, `line ${block.line}`).toBe("");
  told(block, name, printed, { exit: 0, shown: shown ?? "" });
  return true;
}

type Expected = { readonly exit: number; readonly shown: string | undefined };

function told({ line }: Block, what: string, { exit, stdout, stderr }: Printed, expected: Expected): void {
  const place = `line ${line}: ${what}\n${stdout}${stderr}`;
  expect(exit, place).toBe(expected.exit);
  const { shown } = expected;
  if (shown !== undefined && !isPrinted(shown, stdout)) expect(stdout, place).toBe(shown);
}
