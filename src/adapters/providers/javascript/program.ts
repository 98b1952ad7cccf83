// The parts of this installation that a JavaScript child is started from.
import { readFile, realpath } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { LanguageProgram } from "../../../engine/ports/index.ts";

const require = createRequire(import.meta.url);
const Package = z.object({ version: z.string() });

/** Starting takes tens of milliseconds: there is no memory image. */
export async function program(): Promise<LanguageProgram> {
  const library = await realpath(packageOf(require.resolve("quickjs-emscripten-core")));
  const engine = await realpath(packageOf(require.resolve("@jitl/quickjs-wasmfile-release-sync/wasm")));
  const types = await realpath(
    packageOf(createRequire(join(library, "package.json")).resolve("@jitl/quickjs-ffi-types")),
  );
  const child = await realpath(fileURLToPath(new URL("./child/", import.meta.url)));
  const manifest = await readFile(join(engine, "package.json"), "utf8");
  const { version } = Package.parse(JSON.parse(manifest));
  return {
    module: join(child, "language.mjs"),
    readable: [library, engine, types, child].map((folder) => `${folder}/*`),
    settings: { library, engine, version },
  };
}

/** These packages keep their code in `dist`. */
const packageOf = (file: string): string => dirname(dirname(file));
