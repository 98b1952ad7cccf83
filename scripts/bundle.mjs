// Puts each program of dist with all it loads into few files (dist/chunks): a command starts in half the time.
// dist/<program>.js stays where it was and only loads its bundle (docs/decisions/0036-bundled-programs.md).
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { rolldown } from "rolldown";

const PROGRAMS = ["main", "compose/audit/thread"];

/** Loaded by nearly every command, and nothing but JavaScript; all other packages stay in node_modules. */
const WITHIN = ["zod", "rxjs", "luxon", "yaml", "commander", "picocolors", "uuid", "@marcbachmann/cel-js"];

/** Throws what the bundler says of a source it cannot read. */
export async function bundle(root) {
  const src = join(root, "src");
  const dist = join(root, "dist");
  const chunks = join(dist, "chunks");
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const apart = Object.keys(dependencies).filter((name) => !WITHIN.includes(name));

  const made = await rolldown({
    input: Object.fromEntries(PROGRAMS.map((name) => [name.replaceAll("/", "-"), join(src, `${name}.ts`)])),
    external: [/^node:/, ...apart.map((name) => new RegExp(`^${name}(?:/|$)`))],
    platform: "node",
    resolve: { conditionNames: ["es2015", "import"] }, // RxJS as modules
    plugins: [atItsPlace(src)],
  });
  const { output } = await made.generate({ format: "esm" });
  await made.close();

  mkdirSync(chunks, { recursive: true });
  const kept = new Set([...output.map(({ fileName }) => fileName), "LICENSES.txt"]);
  for (const { fileName, code } of output) put(join(chunks, fileName), code);
  put(join(chunks, "LICENSES.txt"), licenses(root));
  for (const name of readdirSync(chunks)) if (!kept.has(name)) rmSync(join(chunks, name));

  for (const name of PROGRAMS) {
    const at = join(dist, `${name}.js`);
    const to = relative(dirname(at), join(chunks, `${name.replaceAll("/", "-")}.js`));
    const first = readFileSync(join(src, `${name}.ts`), "utf8").startsWith("#!")
      ? "#!/usr/bin/env node\n"
      : "";
    put(at, `${first}import "${to.startsWith(".") ? to : `./${to}`}";\n`);
  }
}

/** What a module finds beside itself (child programs, its thread, package.json) lies beside where the compiler put it. */
function atItsPlace(src) {
  return {
    name: "at-its-place",
    transform(code, id) {
      if (!id.startsWith(src) || !code.includes("import.meta.url")) return null;
      const place = `../${relative(src, id).replaceAll("\\", "/").replace(/\.ts$/, ".js")}`;
      return {
        code: code.replaceAll("import.meta.url", `new URL("${place}", import.meta.url).href`),
        map: null,
      };
    },
  };
}

/** Their terms ask to be passed on with their code. */
function licenses(root) {
  return WITHIN.map((name) => {
    const folder = join(root, "node_modules", name);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  }).join("\n---\n\n");
}

/** What is as it was is left alone: somebody may be loading it. */
function put(file, text) {
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}
