// `node bench/http.mjs [seconds] [clients]`: a server as a process of its own, clients that hand in runs as fast as they
// are answered; then three times what it took, whether it answers or not. Prints one JSON document.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Agent } from "undici";

const [seconds = 60, clients = 200] = process.argv.slice(2).map(Number);
const home = mkdtempSync(join(tmpdir(), "gleitzeit-bench-http-"));
const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const env = { ...process.env, GLEITZEIT_HOME: home, GLEITZEIT_SERVER__REQUESTS_PER_MINUTE: "10000000" };
const server = spawn(process.execPath, [main, "serve", "--port", "0", "--json", "--quiet"], { env });
server.stderr.pipe(process.stderr);
const { url } = JSON.parse(String(await new Promise((resolve) => server.stdout.once("data", resolve))));

const body = JSON.stringify({
  workflow: { name: "Bench", tasks: [{ id: "a", method: "echo/echo", params: { message: "hello" } }] },
});

function counted(connections) {
  const agent = new Agent({ connections, pipelining: 1 });
  const times = [];
  const statuses = {};
  const ask = async () => {
    const start = performance.now();
    const headers = { "content-type": "application/json" };
    const status = await agent
      .request({ origin: url, path: "/v1/runs", method: "POST", body, headers })
      .then(async (answer) => {
        await answer.body.dump();
        return answer.statusCode;
      })
      .catch((error) => error.code ?? error.message);
    times.push(performance.now() - start);
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  return { agent, times, statuses, ask };
}

/** Clients that ask again when they are answered. */
async function load(count, ms) {
  const { agent, times, statuses, ask } = counted(count);
  const until = Date.now() + ms;
  const client = async () => {
    while (Date.now() < until) await ask();
  };
  await Promise.all(Array.from({ length: count }, client));
  await agent.close();
  return { clients: count, ...figures(times, statuses, ms) };
}

/** So many a second, of clients that do not wait for one another. */
async function flood(rate, ms) {
  const { agent, times, statuses, ask } = counted(1024);
  const began = Date.now();
  const asked = [];
  while (Date.now() < began + ms) {
    while (asked.length < ((Date.now() - began) / 1000) * rate) asked.push(ask());
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await Promise.all(asked);
  await agent.close();
  return { askedPerSecond: rate, ...figures(times, statuses, ms) };
}

function figures(times, statuses, ms) {
  times.sort((a, b) => a - b);
  const at = (share) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
  return {
    seconds: ms / 1000,
    requestsPerSecond: Math.round(times.length / (ms / 1000)),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    statuses,
  };
}

async function delays() {
  const text = await (await fetch(`${url}/metrics`)).text();
  const of = (name) =>
    Number(new RegExp(`^gleitzeit_nodejs_eventloop_lag_${name}_seconds (\\S+)`, "m").exec(text)?.[1]);
  return {
    p50Ms: Math.round(of("p50") * 1000),
    p99Ms: Math.round(of("p99") * 1000),
    maxMs: Math.round(of("max") * 1000),
  };
}

try {
  await load(Math.min(10, clients), 1000);
  const steady = await load(clients, seconds * 1000);
  const eventLoop = await delays();
  const overload = await flood(steady.requestsPerSecond * 3, Math.min(15, seconds) * 1000);
  const after = await load(Math.min(10, clients), 2000);
  console.log(
    JSON.stringify(
      {
        node: process.version,
        cores: cpus().length,
        load: loadavg()[0],
        steady,
        eventLoop,
        overload,
        recovered: after,
      },
      null,
      2,
    ),
  );
} finally {
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  rmSync(home, { recursive: true, force: true });
}
