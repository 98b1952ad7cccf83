// The store as JavaScript, for tests that need a second process: Node alone cannot run the sources. One file, so that each
// of the many processes begins quickly.
import { chmod, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const ENTRY = "test/adapters/event-store/child.ts";
const WITHIN = /^(?:\.|\/|zod|rxjs)/;

export type Compiled = { readonly entry: string; readonly remove: () => Promise<void> };

export async function compiledChild(): Promise<Compiled> {
  const folder = await mkdtemp(join(tmpdir(), "gleitzeit-child-"));
  await chmod(folder, 0o755);
  const bundle = await rolldown({
    input: join(root, ENTRY),
    platform: "node",
    external: (id) => !WITHIN.test(id),
    resolve: { conditionNames: ["es2015", "import"] },
  });
  await bundle.write({ dir: folder, format: "esm" });
  await bundle.close();
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  return { entry: join(folder, "child.js"), remove: () => rm(folder, { recursive: true }) };
}
