// The store as JavaScript, for tests that need a second process: Node alone cannot run the sources.
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const PARTS = ["src/domain", "src/projections", "src/engine", "src/adapters/event-store"];
const ENTRY = "test/adapters/event-store/child.ts";
const BESIDE = "test/adapters/event-store/next-schema.ts";

export type Compiled = { readonly entry: string; readonly remove: () => Promise<void> };

export async function compiledChild(): Promise<Compiled> {
  const folder = await mkdtemp(join(tmpdir(), "gleitzeit-child-"));
  await chmod(folder, 0o755);
  const sources = await Promise.all(PARTS.map(sourcesOf));
  await Promise.all([...sources.flat(), ENTRY, BESIDE].map((source) => compile(source, folder)));
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  return { entry: scriptOf(join(folder, ENTRY)), remove: () => rm(folder, { recursive: true }) };
}

async function sourcesOf(part: string): Promise<readonly string[]> {
  const names = await readdir(join(root, part), { recursive: true });
  return names.filter((name) => name.endsWith(".ts")).map((name) => join(part, name));
}

async function compile(source: string, folder: string): Promise<void> {
  const { outputText } = ts.transpileModule(await readFile(join(root, source), "utf8"), {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  const target = scriptOf(join(folder, source));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, outputText);
}

const scriptOf = (source: string): string => source.replace(/\.ts$/, ".js");
