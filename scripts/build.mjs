// Emits src to dist (types are checked by `npm run types`), puts beside it what the compiler does not know (child programs, Python,
// JSON), and bundles the programs.
// Runs as `prepare`, also where the compiler was left out (`npm ci --omit=dev`): then there is nothing to do.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const src = join(root, "src");
const dist = join(root, "dist");
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const tsc = compiler();
if (tsc === undefined) {
  console.error("build: typescript is not installed, nothing is built");
  process.exitCode = process.env.npm_lifecycle_event === "prepare" ? 0 : 1;
} else {
  process.exitCode = await build(tsc);
}

function compiler() {
  try {
    return createRequire(import.meta.url).resolve("typescript/bin/tsc");
  } catch (error) {
    if (error.code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

async function build(tsc) {
  dropOrphans();
  const { status } = spawnSync(process.execPath, [tsc, "-b", "--noCheck"], { cwd: root, stdio: "inherit" });
  for (const file of filesIn(src).filter((file) => /\.(?:mjs|py|json)$/.test(file))) copy(file);
  const { bundle } = await import("./bundle.mjs"); // its bundler is left out where the compiler is
  await bundle(root);
  // npm sets the bit of a `bin` before `prepare` has made it.
  for (const entry of ["main.js", "adapters/audit/verifier/main.js"].map((name) => join(dist, name))) {
    if (existsSync(entry)) chmodSync(entry, 0o755);
  }
  return status ?? 1;
}

function copy(file) {
  if (file.endsWith("tsconfig.json")) return;
  const target = join(dist, file.slice(src.length));
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(file, target);
}

/** What a removed source left behind would still be packed and imported. */
function dropOrphans() {
  if (!existsSync(dist)) return;
  for (const file of filesIn(dist)) {
    const name = file.slice(dist.length);
    if (name.startsWith(`${sep}chunks${sep}`)) continue; // the bundler's own
    const source = name.replace(/\.(?:js|js\.map|d\.ts)$/, ".ts");
    if (source !== name && !existsSync(join(src, source))) rmSync(file);
  }
}
