// The modules and packages beside a Python script that it imports, and those that they import, in its folder only.
import { posix } from "node:path";
import { importedNames } from "./imported-names.ts";
import { isFound, type Located, locateIn, type Roots } from "./roots.ts";
import { filesBelow } from "./walk.ts";

/** The script first. `textOf` reads a file. */
export async function withModules(
  script: Located,
  roots: Roots,
  textOf: (file: Located) => Promise<string>,
): Promise<readonly Located[]> {
  const folder = posix.dirname(script.path);
  const files = new Map([[script.path, script]]);
  const looked = new Set<string>();
  for (const file of files.values()) {
    for (const name of importedNames(await textOf(file))) {
      if (looked.has(name)) continue;
      looked.add(name);
      for (const found of await moduleFiles(script, posix.join(folder, name), roots)) {
        if (!files.has(found.path)) files.set(found.path, found);
      }
    }
  }
  return [...files.values()];
}

/** `name.py`, and of a folder of that name, which may be a package, all that is Python. */
async function moduleFiles(script: Located, path: string, roots: Roots): Promise<readonly Located[]> {
  const module = await locateIn(roots, script.root, `${path}.py`, "file");
  const folder = await locateIn(roots, script.root, path, "directory");
  return [
    ...(isFound(module) ? [module] : []),
    ...(isFound(folder) ? await filesBelow(folder, "**/*.py", roots) : []),
  ];
}
