// Who may import whom. Adapters → engine → projections → domain; adapters never one another.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Import, importsOf, type Rule, root, type Source, targetOf } from "./source.ts";

const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const section = (name: string): unknown => Object.entries(manifest ?? {}).find(([key]) => key === name)?.[1];

export const projectVersion = String(section("version"));

/** Package names of one section of package.json, with their versions. */
export function packages(kind: "dependencies" | "devDependencies"): ReadonlyMap<string, string> {
  return new Map(Object.entries(section(kind) ?? {}).map(([name, version]) => [name, String(version)]));
}

const shipped = packages("dependencies");

const DOMAIN = "src/domain/index.ts";
const PROJECTIONS = "src/projections/index.ts";
const ENGINE = "src/engine/index.ts";
const PORTS = "src/engine/ports/index.ts";

/** What an auditor reads in one sitting, and trusts: it knows nothing of the rest, and needs nothing but Node. */
const VERIFIER = "src/adapters/audit/verifier/";

/** The folder whose files may see each other: an adapter's own, or the layer; the composition is one with its root. */
function homeOf(path: string): string {
  if (path.startsWith("src/compose/")) return "src/";
  if (path.startsWith(VERIFIER)) return VERIFIER;
  const adapter = /^src\/adapters\/(?:providers\/)?[^/]+\//.exec(path);
  if (adapter) return adapter[0];
  return /^src\/[^/]+\//.exec(path)?.[0] ?? "src/";
}

export const importRule: Rule = (source) =>
  importsOf(source)
    .filter((imported) => !isAllowed(source, imported))
    .map(({ specifier }) => `${source.path} may not import ${specifier}`);

function isAllowed(source: Source, imported: Import): boolean {
  const target = targetOf(source, imported.specifier);
  if (target === undefined) return isAllowedPackage(source.path, imported);
  if (target === "src/main.ts") return false;
  if (target === "src/compose.ts") return source.path === "src/main.ts" || source.path === "src/index.ts";
  if (!target.startsWith("src/")) return target === "package.json";
  const home = homeOf(source.path);
  if (home === "src/") return true;
  return target.startsWith(home)
    ? !(home === "src/engine/" && target === ENGINE)
    : doors(home).includes(target);
}

/** What a layer sees of the others. */
function doors(home: string): readonly string[] {
  if (home === "src/domain/" || home === VERIFIER) return [];
  if (home === "src/projections/") return [DOMAIN];
  if (home === "src/engine/") return [DOMAIN, PROJECTIONS];
  return [DOMAIN, PROJECTIONS, ENGINE, PORTS];
}

function isAllowedPackage(path: string, { specifier, kind }: Import): boolean {
  const home = homeOf(path);
  if (home === "src/domain/") return specifier === "zod";
  if (home === "src/projections/") return specifier === "rxjs";
  if (home === "src/engine/") return specifier === "rxjs" || (specifier === "zod" && kind === "type");
  if (specifier.startsWith("node:assert")) return false;
  if (home === VERIFIER) return specifier.startsWith("node:");
  return specifier.startsWith("node:") || shipped.has(packageOf(specifier));
}

/** `@scope/name/deep/file.js` belongs to `@scope/name`. */
function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

/** Every package that comes with a file when it is loaded, by whatever detour. */
export function packagesLoadedWith(path: string, sources: readonly Source[]): ReadonlySet<string> {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const seen = new Set<string>();
  const found = new Set<string>();
  const load = (current: string): void => {
    const source = byPath.get(current);
    if (!source || seen.has(current)) return;
    seen.add(current);
    for (const { specifier, kind } of importsOf(source)) {
      const target = targetOf(source, specifier);
      if (kind !== "load") continue;
      if (target === undefined) found.add(packageOf(specifier));
      else load(target);
    }
  };
  load(path);
  return found;
}

/** The first way round from a file to itself, types included, or undefined. */
export function cycleIn(sources: readonly Source[]): readonly string[] | undefined {
  const targets = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source).flatMap(({ specifier }) => targetOf(source, specifier) ?? []),
    ]),
  );
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const target of targets.get(path) ?? []) {
      const cycle = walk(target, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of targets.keys()) {
    const cycle = walk(path, []);
    if (cycle) return cycle;
  }
  return undefined;
}
