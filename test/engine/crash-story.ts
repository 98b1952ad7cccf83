// A run of thirty tasks, a life of a process that stops at a chosen point, and what must be the same in the end.
import { type Json, type JsonObject, type RecordedRunEvent, RunId } from "../../src/domain/index.ts";
import type { EventStore, Store } from "../../src/engine/ports/index.ts";
import { failpoint } from "./failpoint.ts";
import { handClock } from "./hand-clock.ts";
import { opened } from "./opened.ts";
import { type Answer, broken, CLI, called, ok, type Rig, rig, scripted, TENANT, workflow } from "./rig.ts";

/**
 * 30 tasks: a fan-out, a fan-in, a chain, a tolerated failure, a failure with what depends on it, a retry. One that is
 * repeated for each element of a result, two at a time, and one that is a run of its own. Since the run fails, three are
 * undone in the end.
 */
const tasks = [
  { id: "source", params: { n: 1 }, compensate: { method: "test/undo", params: { n: "${source.n}" } } },
  ...Array.from({ length: 12 }, (_, i) => ({ id: `branch${i}`, params: { from: "${source.n}", i } })),
  {
    id: "meet",
    params: { all: Array.from({ length: 12 }, (_, i) => `\${branch${i}.i}`) },
    compensate: { method: "test/undo" },
  },
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
  { id: "each", for_each: "${meet.all}", max_parallel: 2, params: { item: "${item}", index: "${index}" } },
  {
    id: "part",
    workflow: "inner",
    inputs: { of: "${meet.all[2]}" },
    compensate: { method: "test/undo", params: { of: "${part.got}", all: "${meet.all}" } },
  },
  { id: "sum", params: { all: "${each}", last: "${each[11].item}" } },
];
const inner = workflow(
  [
    { id: "in", params: { of: "${inputs.of}" } },
    { id: "out", params: { got: "${in.of}" } },
  ],
  { inputs: { of: { type: "integer" } }, outputs: { got: "${out.got}" } },
);
export const workflows = called({ inner });
export const document = workflow(tasks, { outputs: { last: "${link9}" } });

/** How many ends an undisturbed run has: of its tasks, their elements, and its own. */
export const ENDS = 49;

/** Answers depend on the task and the number of failures before, not on the attempt: losses must not matter. */
export function answers(failures: Map<string, number>, done: Map<string, number>): Answer {
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

export type Life = { readonly store: Store; readonly limits?: EventStore["limits"] };

export async function live({ store, limits }: Life, run: RunId | undefined, at: number, answer: Answer) {
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
    else await (await r.run(document, { name: "crash", workflows })).end;
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
export async function outcome(store: Store, log: readonly RecordedRunEvent[]): Promise<JsonObject> {
  const ends: Record<string, Json> = {};
  for (const recorded of log) {
    const { event } = recorded;
    const values = await opened(recorded, store.blobs);
    if (event.type === "TaskSucceeded") ends[event.data.task] = { result: values.result ?? null };
    if (event.type === "TaskFailed" && event.data.final)
      ends[event.data.task] = { error: event.data.error.code };
    if (event.type === "TaskSkipped") ends[event.data.task] = { skipped: event.data.reason };
    if (event.type === "RunFailed" || event.type === "RunSucceeded") ends.run = { type: event.type, values };
  }
  return ends;
}

export async function runIdOf(store: Store): Promise<RunId | undefined> {
  const page = await store.events.readAll("start", 1, "run-");
  const [first] = page.events;
  return first && RunId.parse(first.stream.slice("run-main.".length));
}
