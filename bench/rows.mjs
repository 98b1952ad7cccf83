// One function per figure. Each measures its own limit around it, so that a busy machine moves both.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { compile, evolve, initial, millisOf } from "../dist/domain/index.js";
import { DEFAULT_LIMITS } from "../dist/engine/host.js";
import { decode } from "../dist/engine/log/decode.js";
import { foldRun } from "../dist/engine/log/history.js";
import { fdatasyncMs } from "./fdatasync.mjs";
import { chain, median, percentile, rig } from "./rig.mjs";

const COUNTED_RUNS = 400;
const WARM_UP_RUNS = 200;

/** A run of three no-op steps, one at a time. */
export async function latency() {
  const { run, close } = await rig();
  const three = chain(3);
  const once = async () => {
    const start = performance.now();
    await (await run(three)).end;
    return performance.now() - start;
  };
  for (let i = 0; i < WARM_UP_RUNS; i += 1) await once();
  const before = fdatasyncMs();
  const times = [];
  for (let i = 0; i < COUNTED_RUNS; i += 1) times.push(await once());
  const sync = median([before, fdatasyncMs()]);
  await close();
  const p50 = median(times);
  return {
    figure: "3-step no-op run, one at a time",
    p50Ms: round(p50),
    p99Ms: round(percentile(times, 0.99)),
    fdatasyncMs: round(sync),
    overheadMs: round(p50 - 4 * sync),
    limit: "p50 ≤ 4 × fdatasync + 2 ms",
    met: p50 <= 4 * sync + 2,
  };
}

/** The same with a slot for each of them: nobody waits for another's. */
export const uncontended = () => throughput({ slots: 64 });

/** Three-step runs, fifty at once: durable steps a second, and how many share one commit. */
export async function throughput({ runs = 6000, atOnce = 50, slots = DEFAULT_LIMITS.slots } = {}) {
  const { run, store, close } = await rig({ slots });
  const three = chain(3);
  let left = runs;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await (await run(three)).end;
    }
  };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  left = Math.ceil(runs / 10);
  await Promise.all(Array.from({ length: atOnce }, worker));
  left = runs;
  let commits = 0; // the store hints once after each commit
  const watching = store.events.changes().subscribe(() => {
    commits += 1;
  });
  delay.enable();
  const start = performance.now();
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - start) / 1000;
  delay.disable();
  watching.unsubscribe();
  await close();
  const steps = runs * 3;
  return {
    figure: `durable steps a second, ${atOnce} runs at once, ${slots} slots`,
    stepsPerSecond: Math.round(steps / seconds),
    commitsPerStep: round(commits / steps),
    eventLoopDelayP50Ms: round(delay.percentile(50) / 1e6),
    eventLoopDelayP99Ms: round(delay.percentile(99) / 1e6),
    limit: "≥ 5,000 (target 10,000)",
    met: steps / seconds >= 5000,
  };
}

/** One run of 10,000 tasks in a row: the last thousand steps against the first. */
export async function flatness({ steps = 10_000, window = 1000 } = {}) {
  const { engine, run, close } = await rig();
  await (await run(chain(500))).end;
  const times = [];
  const watching = engine.live.subscribe(({ event }) => {
    if (event.type === "TaskSucceeded") times.push(performance.now());
  });
  await (await run(chain(steps))).end;
  watching.unsubscribe();
  await close();
  const gaps = times.slice(1).map((time, i) => time - times[i]);
  const [first, last] = [median(gaps.slice(10, 10 + window)), median(gaps.slice(-window))];
  return {
    figure: `step ${steps} of one run against step 10`,
    firstMs: round(first),
    lastMs: round(last),
    ratio: round(last / first),
    limit: "≤ 1.2",
    met: last / first <= 1.2,
  };
}

/** What replay costs: folding events that are at hand, and reading, checking and folding them. */
export async function replay({ steps = 20_000 } = {}) {
  const { run, store, close } = await rig();
  const definition = chain(steps);
  const graph = compile(definition);
  const { run: id, end } = await run(definition);
  await end;
  const events = [];
  for (let next = 0; ; next += 1000) {
    const page = await store.events.read(`run-main.${id}`, next, 1000);
    events.push(...page.map(decode));
    if (page.length < 1000) break;
  }
  const facts = events.map(({ event, revision, recordedAt }) => ({
    event,
    where: { revision, at: millisOf(recordedAt) },
  }));
  const evolving = [];
  for (let i = 0; i < 15; i += 1) {
    const state = initial(graph);
    const start = performance.now();
    for (const { event, where } of facts) evolve(state, event, where);
    evolving.push(performance.now() - start);
  }
  const reading = [];
  for (let i = 0; i < 7; i += 1) {
    const start = performance.now();
    await foldRun(store.events, id, "main", graph);
    reading.push(performance.now() - start);
  }
  await close();
  const rate = (ms) => Math.round(events.length / (ms / 1000));
  return {
    figure: "fold for replay",
    events: events.length,
    evolvePerSecond: rate(median(evolving)),
    readParseFoldPerSecond: rate(median(reading)),
    limit: "evolve ≥ 1,000,000/s; read + parse + fold ≥ 300,000/s",
    met: rate(median(evolving)) >= 1_000_000 && rate(median(reading)) >= 300_000,
  };
}

const round = (number) => Math.round(number * 1000) / 1000;
