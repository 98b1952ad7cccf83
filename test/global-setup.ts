// Whole commands run on what is built, so it is built before any test begins.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const build = fileURLToPath(new URL("../scripts/build.mjs", import.meta.url));

export function setup(): void {
  execFileSync(process.execPath, [build], { stdio: "inherit" });
}
