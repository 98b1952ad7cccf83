// The parts of this installation that a Python child is started from.
import { createHash } from "node:crypto";
import { readdir, readFile, realpath } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { LanguageProgram } from "../../../engine/ports/index.ts";

const require = createRequire(import.meta.url);
const Package = z.object({ version: z.string() });

export async function program(node: { readonly version: string }): Promise<LanguageProgram> {
  const manifest = require.resolve("pyodide/package.json");
  const pyodide = await realpath(dirname(manifest));
  const child = await realpath(fileURLToPath(new URL("./child/", import.meta.url)));
  const { version } = Package.parse(JSON.parse(await readFile(manifest, "utf8")));
  return {
    module: join(child, "language.mjs"),
    readable: [`${pyodide}/*`, `${child}/*`],
    settings: { pyodide },
    imageKey: `${version}-node-${node.version}-${(await digestOf(child)).slice(0, 12)}`,
  };
}

/** A memory image holds the harness: another harness, another image. */
async function digestOf(folder: string): Promise<string> {
  const hash = createHash("sha256");
  const names = await readdir(folder, { recursive: true });
  for (const name of names.filter((file) => /\.(?:mjs|py)$/.test(file)).toSorted()) {
    hash.update(`${name}\n`).update(await readFile(join(folder, name)));
  }
  return hash.digest("hex");
}
