// `npm run bench`: measures, prints a table, and writes bench/results.json. `npm run bench -- --all` adds what takes
// many minutes to build: the run list over a million runs.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fdatasyncMs } from "./fdatasync.mjs";
import { flatness, latency, replay, throughput, uncontended } from "./rows.mjs";
import { runList } from "./run-list.mjs";
import { signing } from "./signing.mjs";
import { start } from "./start.mjs";
import { verifying } from "./verify.mjs";

const quick = [latency, throughput, uncontended, flatness, replay, signing, start];
const measures = process.argv.includes("--all") ? [...quick, verifying, runList] : quick;
const rows = [];
for (const measure of measures) rows.push(await measure());
const result = {
  at: new Date().toISOString(),
  node: process.version,
  cores: cpus().length,
  fdatasyncMs: Math.round(fdatasyncMs() * 1000) / 1000,
  rows,
};
writeFileSync(new URL("results.json", import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
for (const { figure, limit, met, ...figures } of rows) {
  console.log(`${met ? "met   " : "missed"}  ${figure}: ${limit}`);
  for (const [name, value] of Object.entries(figures)) console.log(`          ${name.padEnd(24)} ${value}`);
}
