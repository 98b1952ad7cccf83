// Which files beside it a JavaScript module imports, by a light look at its imports: enough to bring them along; what
// the engine itself makes of them it decides later.

const FROM = /(?:^|[;}\s*/])(?:import|export)\b[^;'"`]*?\bfrom\s*(["'])(\.{1,2}\/[^"'\n]+)\1/gu;
const BARE = /(?:^|[;}\s*/])import\s*(["'])(\.{1,2}\/[^"'\n]+)\1/gu;
const LATE = /\bimport\s*\(\s*(["'`])(\.{1,2}\/[^"'`$\n]+)\1\s*[),]/gu;

/** Relative specifiers as they are written: `./lib/words.js`. */
export function importedFiles(script: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const pattern of [FROM, BARE, LATE]) {
    for (const [, , specifier] of script.matchAll(pattern)) if (specifier !== undefined) found.add(specifier);
  }
  return found;
}
