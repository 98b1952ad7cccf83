// What the command line costs before it does anything, against Node itself doing nothing.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median } from "./rig.mjs";

const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** Alternating, so that a busy moment meets all three. */
export function start({ rounds = 15 } = {}) {
  const commands = { node: ["-e", "0"], help: [main, "--help"], version: [main, "--version"] };
  const times = { node: [], help: [], version: [] };
  for (let i = 0; i < rounds; i += 1) {
    for (const [name, args] of Object.entries(commands)) {
      const began = performance.now();
      const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
      if (status !== 0) throw new Error(`${args.join(" ")} exited with ${status}`);
      times[name].push(performance.now() - began);
    }
  }
  const node = median(times.node);
  const ratios = { help: median(times.help) / node, version: median(times.version) / node };
  return {
    figure: "start: --help and --version against node -e 0",
    nodeMs: Math.round(node),
    helpRatio: Math.round(ratios.help * 100) / 100,
    versionRatio: Math.round(ratios.version * 100) / 100,
    limit: "≤ 2 × node -e 0",
    met: Math.max(ratios.help, ratios.version) <= 2,
  };
}
