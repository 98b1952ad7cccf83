// Which sibling modules a Python script imports, by a light look at its import statements: enough to bring them
// along; what Python itself makes of them it decides later.

const STATEMENT = /(?:^|[;:])[ \t]*(?:import[ \t]+([^;#\n]+)|from[ \t]+([\p{L}\p{N}_.]+)[ \t]+import\b)/gmu;
const NAME = /^[\p{L}_][\p{L}\p{N}_]*/u;

/** The first names of what is imported: `a` of `import a.b as c` and of `from a.b import d`. */
export function importedNames(script: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, listed, from] of script.replace(/\\\r?\n/g, " ").matchAll(STATEMENT)) {
    for (const one of listed?.split(",") ?? [from ?? ""]) {
      const name = NAME.exec(one.trim())?.[0];
      if (name !== undefined) names.add(name);
    }
  }
  return names;
}
