// Types, lint and dead code beside each other, since each uses one core: everything that is wrong is said, not the first only.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const codes = await Promise.all(["types", "lint", "dead"].map(run));
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;

/** Printed when it has ended, so that what is said of one thing stands together. */
async function run(name) {
  const child = spawn("npm", ["run", "--silent", name], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => said.push(bytes));
  const code = await new Promise((resolve) => child.once("close", resolve));
  process.stdout.write(`${name}${code === 0 ? "" : " failed"}\n${Buffer.concat(said)}`);
  return code;
}
