// How Node reads the domain and its tests when mutants are held against them: TypeScript without its types, Vitest as
// what keeps tests, and everything anew for each time of reading that the address names.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const keeper = new URL("mutants-tests.mjs", import.meta.url).href;
const compilerOptions = { target: "es2023", module: "esnext", verbatimModuleSyntax: true };
const read = new Map();

export async function resolve(specifier, context, next) {
  const reading = context.parentURL && new URL(context.parentURL).searchParams.get("reading");
  if (!reading) return next(specifier, context);
  if (specifier === "vitest") return { url: keeper, shortCircuit: true };
  const found = await next(specifier, context);
  if (!found.url.endsWith(".ts")) return found;
  return { ...found, url: `${found.url}?reading=${reading}` };
}

export async function load(url, context, next) {
  const path = url.replace(/\?.*$/u, "");
  if (!path.endsWith(".ts")) return next(url, context);
  const source = read.get(path) ?? (await withoutTypes(path));
  read.set(path, source);
  return { format: "module", source, shortCircuit: true };
}

async function withoutTypes(url) {
  const text = await readFile(new URL(url), "utf8");
  return ts.transpileModule(text, { compilerOptions, fileName: fileURLToPath(url) }).outputText;
}
