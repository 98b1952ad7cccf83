// `node bench/webhooks.mjs [runs]`: how long an event takes from the log to a receiver that answers, alone, and beside
// endpoints that do not: one that takes connections and says nothing, one where nothing listens. Rounds of both take turns in
// one process, so that what else the machine does falls on both. Prints one JSON document.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as httpServer } from "node:http";
import { createServer as tcpServer } from "node:net";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const [runs = 200] = process.argv.slice(2).map(Number);
const ROUNDS = 4;
const APART_MS = 25;

const home = mkdtempSync(join(tmpdir(), "gleitzeit-bench-webhooks-"));
writeFileSync(join(home, "config.yaml"), 'webhooks: { allow: { hosts: ["127.0.0.1"] } }\n');
const main = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const env = { ...process.env, GLEITZEIT_HOME: home, GLEITZEIT_SERVER__REQUESTS_PER_MINUTE: "10000000" };
const server = spawn(process.execPath, [main, "serve", "--port", "0", "--json", "--quiet"], {
  env,
  cwd: home,
});
server.stderr.pipe(process.stderr);
const { url } = JSON.parse(String((await once(server.stdout, "data"))[0]));

let latencies = [];
let ended = 0;
const live = httpServer((request, response) => {
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    const { time, type } = JSON.parse(Buffer.concat(pieces).toString());
    latencies.push(Date.now() - Date.parse(time));
    if (type === "run.succeeded") ended += 1;
    response.writeHead(204).end();
  });
});
const silent = tcpServer(() => undefined);
const addressOf = async (one) => {
  one.listen(0, "127.0.0.1");
  await once(one, "listening");
  return `http://127.0.0.1:${one.address().port}`;
};
const post = async (path, body) => {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};

const workflow = { name: "Bench", tasks: [{ id: "a", method: "echo/echo", params: { message: "hello" } }] };

async function round() {
  latencies = [];
  const before = ended;
  for (let run = 0; run < runs; run += 1) {
    await Promise.all([
      post("/v1/runs", { workflow }),
      new Promise((resolve) => setTimeout(resolve, APART_MS)),
    ]);
  }
  while (ended < before + runs) await new Promise((resolve) => setTimeout(resolve, 5));
  return latencies;
}

const at = (times, share) => times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0;
const figures = (times) => ({ deliveries: times.length, p50Ms: at(times, 0.5), p99Ms: at(times, 0.99) });

try {
  await post("/v1/webhooks", { url: await addressOf(live) });
  const dead = [await post("/v1/webhooks", { url: await addressOf(silent) })];
  dead.push(await post("/v1/webhooks", { url: "http://127.0.0.1:9" }));
  const turn = async (what, body) => {
    for (const { id } of dead) await post(`/v1/webhooks/${id}/${what}`, body);
    await new Promise((resolve) => setTimeout(resolve, 1500)); // a server looks for endpoints once a second
  };
  await round(); // warm
  const times = { alone: [], beside: [] };
  for (let turns = 0; turns < ROUNDS; turns += 1) {
    await turn("disable", {});
    times.alone.push(...(await round()));
    await turn("enable", { from: "now" });
    times.beside.push(...(await round()));
  }
  const alone = figures(times.alone);
  const beside = figures(times.beside);
  const ratio = (name) => Math.round((beside[name] / Math.max(1, alone[name])) * 100) / 100;
  const machine = { node: process.version, cores: cpus().length, load: loadavg()[0] };
  const ratios = { p50: ratio("p50Ms"), p99: ratio("p99Ms") };
  console.log(JSON.stringify({ ...machine, alone, beside, ratios }, null, 2));
} finally {
  server.kill("SIGTERM");
  await once(server, "exit");
  live.closeAllConnections();
  live.close();
  silent.close();
  rmSync(home, { recursive: true, force: true });
  process.exit();
}
