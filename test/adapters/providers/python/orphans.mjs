// A program that starts interpreters, gives them scripts without end, says who they are, and waits to be killed.
// Usage: orphans.mjs <{command, args} as JSON> <scripts as JSON>
import { spawn } from "node:child_process";

const [, , program, scripts] = process.argv;
const { command, args } = JSON.parse(program);

const job = (code) => ({ op: "execute", name: "<code>", code, args: [], context: "{}", limit: 1000 });
const lines = (...messages) => messages.map((message) => `${JSON.stringify(message)}\n`).join("");

async function begun(code) {
  const child = spawn(command, args, {
    env: {},
    cwd: "/",
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.write(lines({ t: "job", id: 1, keep: 1000, flood: 1000 }, job(code)));
  for await (const chunk of child.stdout) if (String(chunk).includes('"out"')) break;
  return child.pid;
}

const pids = await Promise.all(JSON.parse(scripts).map(begun));
process.stdout.write(`${JSON.stringify(pids)}\n`);
setInterval(() => undefined, 60_000);
