// `node bench/http.mjs [seconds] [clients]`: a server as a process of its own, clients that hand in runs as fast as they
// are answered; then three times what it took, whether it answers or not; then a few clients again. Prints one JSON document.
// `errors` counts requests that were not answered at all, by what the client says; 429 and 503 are answers.
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

/** No more connections at a time than a server lets wait while it is busy. */
const MOST_CONNECTIONS = 1024;

function counted(connections) {
  const agent = new Agent({ connections, pipelining: 1 });
  const asked = { taken: [], turnedAway: [], errors: [], statuses: {} };
  const headers = { "content-type": "application/json" };
  const ask = async () => {
    const start = performance.now();
    const answer = agent.request({ origin: url, path: "/v1/runs", method: "POST", body, headers });
    const status = await answer
      .then(async (one) => {
        await one.body.dump();
        return one.statusCode;
      })
      .catch((error) => error.code ?? error.message);
    const kind = status === 201 ? "taken" : status === 429 || status === 503 ? "turnedAway" : "errors";
    asked[kind].push(performance.now() - start);
    asked.statuses[status] = (asked.statuses[status] ?? 0) + 1;
  };
  return { agent, asked, ask };
}

/** Clients that ask again when they are answered. */
async function load(count, ms) {
  const { agent, asked, ask } = counted(count);
  const began = performance.now();
  const client = async () => {
    while (performance.now() < began + ms) await ask();
  };
  await Promise.all(Array.from({ length: count }, client));
  const tookMs = performance.now() - began;
  await agent.close();
  return { clients: count, ...figures(asked, tookMs) };
}

/** So many a second, of clients that do not wait for one another. */
async function flood(rate, ms) {
  const { agent, asked, ask } = counted(MOST_CONNECTIONS);
  const began = performance.now();
  const all = [];
  while (performance.now() < began + ms) {
    const due = Math.min(performance.now() - began, ms) * (rate / 1000);
    while (all.length < due) all.push(ask());
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await Promise.all(all);
  const tookMs = performance.now() - began;
  await agent.close();
  return { askedPerSecond: rate, ...figures(asked, tookMs) };
}

/** Of one kind of answer. */
function timesOf(times) {
  times.sort((a, b) => a - b);
  const at = (share) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
  return { count: times.length, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function figures({ taken, turnedAway, errors, statuses }, tookMs) {
  const seconds = tookMs / 1000;
  return {
    seconds: Math.round(seconds * 10) / 10,
    requestsPerSecond: Math.round(taken.length / seconds),
    taken: timesOf(taken),
    turnedAway: timesOf(turnedAway),
    errors: errors.length,
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
