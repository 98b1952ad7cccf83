// A process stops before and after every append and after every answer of a provider, each in turn; another goes on.
import { describe, expect, test } from "vitest";
import { memoryStore } from "../../src/adapters/event-store/index.ts";
import { type Json, type JsonObject, type RecordedRunEvent, RunId } from "../../src/domain/index.ts";
import { openValues } from "../../src/engine/decode.ts";
import type { EventStore, Store } from "../../src/engine/ports/index.ts";
import { failpoint } from "./failpoint.ts";
import { handClock } from "./hand-clock.ts";
import { type Answer, broken, CLI, ok, type Rig, rig, scripted, TENANT, workflow } from "./rig.ts";

/** 30 tasks: a fan-out, a fan-in, a chain, a tolerated failure, a failure with what depends on it, a retry. */
const tasks = [
  { id: "source", params: { n: 1 } },
  ...Array.from({ length: 12 }, (_, i) => ({ id: `branch${i}`, params: { from: "${source.n}", i } })),
  { id: "meet", params: { all: Array.from({ length: 12 }, (_, i) => `\${branch${i}.i}`) } },
  ...Array.from({ length: 10 }, (_, i) => ({
    id: `link${i}`,
    params: { before: i === 0 ? "${meet.all}" : `\${link${i - 1}}` },
  })),
  { id: "tolerated", on_failure: "continue" },
  { id: "aware", params: { why: "${tolerated.error.code}" } },
  { id: "flaky", retry: { backoff: "fixed", base_delay: 0.001, jitter: false } },
  { id: "broken" },
  { id: "after", dependencies: ["broken"] },
  { id: "afterwards", dependencies: ["after"] },
];
const document = workflow(tasks, { outputs: { last: "${link9}" } });

/** Answers depend on the task and the number of failures before, not on the attempt: losses must not matter. */
function answers(failures: Map<string, number>, done: Map<string, number>): Answer {
  return ({ task, params }) => {
    if (task === "broken" || task === "tolerated") return broken();
    if (task === "flaky" && (failures.get(task) ?? 0) < 1) {
      failures.set(task, 1);
      return broken("CONNECTION_LOST");
    }
    done.set(task, (done.get(task) ?? 0) + 1);
    return ok(params);
  };
}

type Life = { readonly store: Store; readonly limits?: EventStore["limits"] };

async function live({ store, limits }: Life, run: RunId | undefined, at: number, answer: Answer) {
  const stop = failpoint(at);
  const clock = handClock();
  const r: Rig = rig({
    store,
    clock,
    providers: [scripted(stop.provider(answer))],
    events: (events) => stop.events(limits ? { ...events, limits } : events),
  });
  const work = async (): Promise<void> => {
    if (run) await r.engine.drive(run, TENANT, CLI);
    else await (await r.run(document, { name: "crash" })).end;
  };
  let over = false;
  const end = Promise.race([work(), stop.stopped]).finally(() => {
    over = true;
  });
  while (!over) await clock.advance(1000);
  await end;
  return { r, points: stop.passed() };
}

/** What must be the same however often the process was stopped. */
async function outcome(store: Store, log: readonly RecordedRunEvent[]): Promise<JsonObject> {
  const ends: Record<string, Json> = {};
  for (const { event } of log) {
    const values = await openValues(event, TENANT, store.blobs);
    if (event.type === "TaskSucceeded") ends[event.data.task] = { result: values.result ?? null };
    if (event.type === "TaskFailed" && event.data.final)
      ends[event.data.task] = { error: event.data.error.code };
    if (event.type === "TaskSkipped") ends[event.data.task] = { skipped: event.data.reason };
    if (event.type === "RunFailed" || event.type === "RunSucceeded") ends.run = { type: event.type, values };
  }
  return ends;
}

async function runIdOf(store: Store): Promise<RunId | undefined> {
  const page = await store.events.readAll("start", 1, "run-");
  const [first] = page.events;
  return first && RunId.parse(first.stream.slice("run-main.".length));
}

async function sweep(limits?: EventStore["limits"]): Promise<void> {
  const life = (): Life => ({ store: memoryStore(), ...(limits && { limits }) });
  const calm = life();
  const { r, points } = await live(calm, undefined, 0, answers(new Map(), new Map()));
  const id = await runIdOf(calm.store);
  if (!id) throw new Error("nothing ran");
  const expected = await outcome(calm.store, await r.log(id));
  expect(Object.keys(expected)).toHaveLength(31);
  expect(points).toBeGreaterThan(60);

  for (let at = 1; at <= points; at += 1) {
    const stormy = life();
    const [failures, done] = [new Map<string, number>(), new Map<string, number>()];
    await live(stormy, undefined, at, answers(failures, done));
    const run = await runIdOf(stormy.store);
    const recorded = new Set<string>();
    for (const { event } of run ? await r2log(stormy.store, run) : []) {
      if (event.type === "TaskSucceeded") recorded.add(event.data.task);
    }
    const before = new Map(done);
    const { r: second } = await live(stormy, run, 0, answers(failures, done));
    const found = run ?? (await runIdOf(stormy.store));
    if (!found) throw new Error("nothing ran");
    const log = await second.log(found);
    expect(
      log.map(({ revision }) => revision),
      `point ${at}`,
    ).toEqual(log.map((_, i) => i));
    expect(await outcome(stormy.store, log), `point ${at}`).toEqual(expected);
    for (const task of recorded) expect(done.get(task), `point ${at}: ${task}`).toBe(before.get(task));
  }
}

const r2log = async (store: Store, run: RunId) => rig({ store, providers: [scripted()] }).log(run);

describe("a run whose process is stopped and that another process resumes ends as if nothing had happened", () => {
  test("with whole steps in one append", { timeout: 60_000 }, () => sweep());

  test("with steps split into small appends", { timeout: 120_000 }, () =>
    sweep({ appendBytes: 2_500, appendEvents: 3 }),
  );
});
