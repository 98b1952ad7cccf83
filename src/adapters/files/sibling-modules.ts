// The modules beside a script that it imports, and those that they import: of Python in its folder only, of JavaScript
// wherever its relative imports lead within the two folders.
import { posix } from "node:path";
import { importedNames } from "./imported-names.ts";
import { importedFiles } from "./javascript-imports.ts";
import { isFound, type Located, locateIn, type Roots } from "./roots.ts";
import { filesBelow } from "./walk.ts";

type TextOf = (file: Located) => Promise<string>;

const JAVASCRIPT = /\.[cm]?js$/;

/** The script first. `textOf` reads a file. */
export function withModules(script: Located, roots: Roots, textOf: TextOf): Promise<readonly Located[]> {
  return JAVASCRIPT.test(script.path)
    ? withImportedFiles(script, roots, textOf)
    : withPythonModules(script, roots, textOf);
}

async function withImportedFiles(script: Located, roots: Roots, textOf: TextOf): Promise<readonly Located[]> {
  const files = new Map([[script.path, script]]);
  for (const file of files.values()) {
    if (!JAVASCRIPT.test(file.path)) continue;
    for (const specifier of importedFiles(await textOf(file))) {
      const path = posix.join(posix.dirname(file.path), specifier);
      if (files.has(path)) continue;
      const found = await locateIn(roots, script.root, path, "file");
      if (isFound(found) && !files.has(found.path)) files.set(found.path, found);
    }
  }
  return [...files.values()];
}

async function withPythonModules(script: Located, roots: Roots, textOf: TextOf): Promise<readonly Located[]> {
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
