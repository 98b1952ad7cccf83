// What can be seen of a script without running it, and of the files around it.
import { access } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { findingsIn, sameFile } from "./old-scripts.ts";

export async function looked(script: string, beside: string, folder: string, named: readonly string[]) {
  const there = new Set<string>();
  const candidates = [...script.matchAll(/["']([^"'\n{}]{1,300})["']/g)].map(([, text = ""]) => text);
  for (const name of candidates) if (await isThere(join(folder, name))) there.add(name);
  const modules = new Set<string>();
  for (const [, name = ""] of script.matchAll(/^\s*(?:from|import)\s+(\w+)/gm)) {
    if ((await isThere(join(beside, `${name}.py`))) || (await isThere(join(beside, name)))) modules.add(name);
  }
  return findingsIn(script, {
    isBeside: (module) => modules.has(module),
    isUnnamed: (path) => there.has(path) && !named.some((one) => sameFile(one, path) || globHas(one, path)),
  });
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** As far as it can be seen without looking for the files: a pattern of the same ending. */
const globHas = (glob: string, path: string): boolean =>
  glob.includes("*") && extname(basename(glob)) === extname(path);
