// The run list over a million runs: how long a page takes, wherever it lies, and how soon an answer is there at start.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keptReadModels } from "../dist/adapters/event-store/index.js";
import { median } from "./rig.mjs";

const utf8 = new TextEncoder();
const METADATA = utf8.encode('{"actor":{"id":"someone","type":"cli"},"tenant":"main"}');
const SALT = new Uint8Array(16);
const HASH = `sha256-${"0".repeat(64)}`;
const EVENTS_A_RUN = 3;
const NOON = Date.parse("2026-03-01T12:00:00.000Z");
const ENDED = utf8.encode('{"durationMs":7,"values":{}}');
const STARTED = utf8.encode('{"owner":"018f2f4e-0000-7000-8000-00000000aaaa"}');
const FAILED = utf8.encode(
  '{"durationMs":7,"error":{"code":"WORKFLOW_EXECUTION_FAILED","retryable":false},"task":"a","values":{}}',
);

const digits = (n) => String(n).padStart(12, "0");

/** The n-th event of a log of runs that are submitted, started and ended, a second apart; one in a hundred fails. */
function eventAt(n) {
  const run = Math.floor(n / EVENTS_A_RUN);
  const revision = n % EVENTS_A_RUN;
  const isFailed = run % 100 === 0;
  const submitted = () =>
    utf8.encode(
      `{"priority":"normal","requestHash":"hmac-sha256-00","values":{},"workflow":{"hash":"${HASH}","id":"flow-${run % 50}","name":"Flow ${run % 50}","size":2}}`,
    );
  return {
    position: BigInt(n + 1),
    stream: `run-main.018f2f4e-0000-7000-8000-${digits(run)}`,
    revision,
    id: `018f2f4e-0000-7000-9000-${digits(n)}`,
    type: ["RunSubmitted", "RunStarted", isFailed ? "RunFailed" : "RunSucceeded"][revision],
    schemaVersion: 1,
    recordedAt: new Date(NOON + run * 1000 + revision).toISOString(),
    metadata: METADATA,
    data: revision === 0 ? submitted() : revision === 1 ? STARTED : isFailed ? FAILED : ENDED,
    salt: SALT,
  };
}

/** A log that is not written anywhere: what is measured is what is kept of it. */
const logOf = (length) => ({
  head: async () => BigInt(length),
  readAll: async (after, limit) => {
    const from = after === "start" ? 0 : Number(after);
    const to = Math.min(length, from + limit);
    const events = Array.from({ length: to - from }, (_, i) => eventAt(from + i));
    return { events, next: to === 0 ? "start" : BigInt(to), atHead: to === length };
  },
});

async function timed(call, rounds = 21) {
  const times = [];
  for (let i = 0; i < rounds; i += 1) {
    const began = performance.now();
    await call();
    times.push(performance.now() - began);
  }
  return Math.round(median(times) * 100) / 100;
}

export async function runList({ runs = 1_000_000 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "gleitzeit-bench-"));
  try {
    const events = logOf(runs * EVENTS_A_RUN);
    const options = { events, path: join(folder, "views"), random: Math.random, tell: console.error };
    const building = keptReadModels(options);
    let began = performance.now();
    await building.counts("main");
    const builtMs = Math.round(performance.now() - began);
    await building.close();
    began = performance.now();
    const models = keptReadModels(options);
    const counts = await models.counts("main");
    const readyMs = Math.round(performance.now() - began);
    const middle = BigInt(Math.floor(runs / 2) * EVENTS_A_RUN);
    const since = new Date(NOON + (runs - 100) * 1000).toISOString();
    const page = (query) => timed(() => models.runs("main", { limit: 50, ...query }));
    const pages = {
      firstPageMs: await page({}),
      middlePageMs: await page({ before: middle }),
      lastPageMs: await page({ before: BigInt(20 * EVENTS_A_RUN) }),
      failedPageMs: await page({ statuses: ["failed"], before: middle }),
      twoStatusesPageMs: await page({ statuses: ["failed", "succeeded"], before: middle }),
      workflowAndStatusPageMs: await page({ workflow: "flow-0", statuses: ["failed"], before: middle }),
      noneFoundPageMs: await page({ workflow: "flow-1", statuses: ["failed"] }),
      sincePageMs: await page({ since }),
      countsMs: await timed(() => models.counts("main")),
    };
    await models.close();
    return {
      figure: `run list over ${runs} runs (${[...counts.values()].reduce((a, b) => a + b, 0)} kept)`,
      builtOnceMs: builtMs,
      readyMs,
      ...pages,
      limit: "ready ≤ 1 s, every page ≤ 10 ms",
      met: readyMs <= 1000 && Math.max(...Object.values(pages)) <= 10,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
