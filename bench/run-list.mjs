// The run list over a million runs: how long a page takes, wherever it lies and whatever is asked for, and how soon an
// answer is there at start. `node bench/run-list.mjs [RUNS]` measures it alone.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { keptReadModels } from "../dist/adapters/event-store/index.js";
import { median } from "./rig.mjs";

const utf8 = new TextEncoder();
const METADATA = utf8.encode('{"actor":{"id":"someone","type":"cli"},"tenant":"main"}');
const SALT = new Uint8Array(16);
const HASH = `sha256-${"0".repeat(64)}`;
const EVENTS_A_RUN = 4;
const NOON = Date.parse("2026-03-01T12:00:00.000Z");
const CODES = ["TASK_TIMEOUT", "TASK_EXECUTION_FAILED", "PROVIDER_ERROR", "NETWORK_UNREACHABLE"];
const OWNER = "018f2f4e-0000-7000-8000-00000000aaaa";
const CLAIM = `{"leaseMs":60000,"provider":"echo","worker":"${OWNER}"}`;

const digits = (n) => String(n).padStart(12, "0");
const iso = (run, millis) => new Date(NOON + run * 1000 + millis).toISOString();

/** Of a hundred runs one fails, one waits for its next attempt, one waits for a signal; the others succeed. */
const KINDS = ["failed", "retrying", "waiting"];
const kindOf = (run) => KINDS[run % 100] ?? "succeeded";
const codeOf = (run) => CODES[(run / 100) % CODES.length];

const failure = (code) => `"error":{"code":"${code}","retryable":false}`;
const started = ["RunStarted", () => `{"owner":"${OWNER}"}`];
const scheduled = [
  "TaskScheduled",
  () =>
    `{"attempt":1,"claim":${CLAIM},"idempotencyKey":"k","method":"echo/echo","priority":"normal","protocol":"echo/v1","task":"a","values":{}}`,
];
const AFTER_SUBMISSION = {
  succeeded: [
    started,
    ["TaskSucceeded", () => '{"attempt":1,"durationMs":3,"task":"a","values":{"result":null}}'],
    ["RunSucceeded", () => '{"durationMs":7,"values":{"outputs":null}}'],
  ],
  failed: [
    started,
    [
      "TaskFailed",
      (run) =>
        `{"attempt":1,"durationMs":3,${failure(codeOf(run))},"final":true,"provider":"echo","task":"t${run % 7}","values":{"error":null}}`,
    ],
    [
      "RunFailed",
      (run) =>
        `{"durationMs":7,${failure("WORKFLOW_EXECUTION_FAILED")},"task":"t${run % 7}","values":{"error":null}}`,
    ],
  ],
  retrying: [
    started,
    scheduled,
    ["TaskRetryScheduled", (run) => `{"attempt":2,"delayMs":60000,"dueAt":"${iso(run, 60_000)}","task":"a"}`],
  ],
  waiting: [
    started,
    ["RunOwnerChanged", () => `{"owner":"${OWNER}","previous":"${OWNER}"}`],
    ["WaitStarted", () => '{"signal":"go","task":"a"}'],
  ],
};

const submitted = [
  "RunSubmitted",
  (run) =>
    `{"priority":"normal","requestHash":"hmac-sha256-00","tags":["tag-${run % 20}"],"values":{},"workflow":{"hash":"${HASH}","id":"flow-${run % 50}","name":"Flow ${run % 50}","size":2}}`,
];

/** The n-th event of a log of runs that begin a second apart. */
function eventAt(n) {
  const run = Math.floor(n / EVENTS_A_RUN);
  const revision = n % EVENTS_A_RUN;
  const [type, data] = revision === 0 ? submitted : AFTER_SUBMISSION[kindOf(run)][revision - 1];
  return {
    position: BigInt(n + 1),
    stream: `run-main.018f2f4e-0000-7000-8000-${digits(run)}`,
    revision,
    id: `018f2f4e-0000-7000-9000-${digits(n)}`,
    type,
    schemaVersion: 1,
    recordedAt: iso(run, revision),
    metadata: METADATA,
    data: utf8.encode(data(run)),
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
    const at = (run) => NOON + run * 1000;
    const since = iso(runs - 100, 0);
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
      errorPageMs: await page({ error: "TASK_TIMEOUT", before: middle }),
      errorAndTaskPageMs: await page({ error: "TASK_TIMEOUT", task: "t3" }),
      errorTagAndWorkflowNoneMs: await page({ error: "TASK_TIMEOUT", tag: "tag-1", workflow: "flow-1" }),
      taskPageMs: await page({ task: "a", before: middle }),
      retryingPageMs: await page({ retrying: true, before: middle }),
      stuckPageMs: await page({ stuckSince: at(runs) }),
      fewStuckPageMs: await page({ stuckSince: at(1000), statuses: ["running"] }),
      unrepeatedPageMs: await page({ statuses: ["failed"], error: "TASK_TIMEOUT", unrepeated: true }),
      countsMs: await timed(() => models.counts("main")),
      causesByCodeMs: await timed(() => models.causes("main", { by: "code", limit: 50 })),
      causesByTaskMs: await timed(() => models.causes("main", { by: "task", limit: 50 })),
      causesSinceHalfMs: await timed(() =>
        models.causes("main", { by: "code", limit: 50, since: iso(runs / 2, 0) }),
      ),
    };
    await models.close();
    return {
      figure: `run list over ${runs} runs (${[...counts.values()].reduce((a, b) => a + b, 0)} kept)`,
      builtOnceMs: builtMs,
      builtEventsPerSecond: Math.round((runs * EVENTS_A_RUN) / (builtMs / 1000)),
      fileMB: Math.round(statSync(options.path).size / 1024 ** 2),
      readyMs,
      ...pages,
      limit: "ready ≤ 1 s, every page ≤ 10 ms",
      met: readyMs <= 1000 && Math.max(...Object.values(pages)) <= 10,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  console.log(JSON.stringify(await runList({ runs: Number(process.argv[2] ?? 1_000_000) }), null, 2));
}
