// Runs of random documents, driven by the engine itself through random outcomes, requests and times; the log may hold
// what no command of today leads to.
import fc from "fast-check";
import {
  type Definition,
  type JsonObject,
  type RunId,
  type RunRequest,
  runStream,
  TaskId,
} from "../../src/domain/index.ts";
import type { Outcome } from "../../src/engine/ports/index.ts";
import { foreignEvent } from "./foreign-event.ts";
import { settled } from "./hand-clock.ts";
import { broken, called, ok, type Rig, rig, scripted, TENANT, workflow } from "./rig.ts";

const KINDS = ["call", "call", "call", "each", "child", "timer", "signal", "approval", "reads"] as const;

const task = fc.record({
  kind: fc.constantFrom(...KINDS),
  after: fc.array(fc.nat(), { maxLength: 2 }),
  onFailure: fc.constantFrom("fail", "continue", "pause" as const),
  attempts: fc.integer({ min: 1, max: 3 }),
  fallback: fc.boolean(),
  when: fc.boolean(),
  compensate: fc.boolean(),
  priority: fc.constantFrom("low", "normal", "high"),
  elements: fc.nat({ max: 4 }),
});

type Spec = typeof task extends fc.Arbitrary<infer T> ? T : never;

export type RandomRun = {
  readonly tasks: readonly Spec[];
  readonly failFast: boolean;
  readonly most: number | undefined;
  readonly timeout: number | undefined;
  /** By the call's place in the order of calls. */
  readonly outcomes: readonly ("ok" | "broken" | "lost" | "later")[];
  readonly moves: readonly { readonly kind: number; readonly n: number; readonly ms: number }[];
};

export const randomRuns: fc.Arbitrary<RandomRun> = fc.record({
  tasks: fc.array(task, { minLength: 1, maxLength: 7 }),
  failFast: fc.boolean(),
  most: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  timeout: fc.option(fc.integer({ min: 20, max: 200 }), { nil: undefined }),
  outcomes: fc.array(fc.constantFrom("ok", "ok", "ok", "broken", "lost", "later" as const), {
    minLength: 1,
    maxLength: 12,
  }),
  moves: fc.array(
    fc.record({ kind: fc.nat({ max: 11 }), n: fc.nat(), ms: fc.integer({ min: 1, max: 20_000 }) }),
    {
      minLength: 4,
      maxLength: 14,
    },
  ),
});

const INNER = workflow([{ id: "in", params: { x: "${inputs.x ?? 0}" } }], {
  inputs: { x: { type: "object", required: false } },
});

export const workflows = called({ inner: INNER });

const name = (i: number): string => `t${i}`;

function taskOf(spec: Spec, i: number): JsonObject {
  const after = i === 0 ? [] : [...new Set(spec.after.map((n) => name(n % i)))];
  const [first] = after;
  const common = {
    id: name(i),
    dependencies: after,
    on_failure: spec.onFailure,
    priority: spec.priority,
    ...(spec.when && first !== undefined && { when: `tasks.${first}.status == "succeeded"` }),
  };
  const retry = { max_attempts: spec.attempts, base_delay: 1, jitter: i % 2 === 0 };
  const undo = spec.compensate ? { compensate: { method: "test/undo", params: { of: name(i) } } } : {};
  switch (spec.kind) {
    case "call":
      return {
        ...common,
        ...undo,
        retry,
        params: { n: i },
        ...(spec.fallback && { fallback: [{ params: { n: i, other: true } }] }),
      };
    case "reads":
      return { ...common, retry, params: { of: after.map((one) => `\${${one} ?? null}`) } };
    case "each":
      return {
        ...common,
        retry,
        for_each: Array.from({ length: spec.elements }, (_, n) => n),
        params: { item: "${item}" },
      };
    case "child":
      return { ...common, ...undo, workflow: "inner", inputs: {} };
    case "timer":
      return { ...common, wait: { for: 1 + spec.elements * 3 } };
    case "signal":
      return { ...common, wait: { signal: spec.fallback ? "go" : "stop", timeout: 30 } };
    case "approval":
      return {
        ...common,
        approval: { message: "so?", timeout: 40, on_timeout: spec.fallback ? "approve" : "fail" },
      };
  }
}

export const documentOf = ({ tasks, failFast, most, timeout }: RandomRun): Definition =>
  workflow(tasks.map(taskOf), {
    fail_fast: failFast,
    ...(most !== undefined && { max_parallel_tasks: most }),
    ...(timeout !== undefined && { timeout }),
  });

/** Undefined: it comes when somebody says so. */
const outcomeOf = (kind: RandomRun["outcomes"][number] | undefined, task: string): Outcome | undefined =>
  kind === "later"
    ? undefined
    : kind === "broken"
      ? broken()
      : kind === "lost"
        ? broken("CONNECTION_LOST")
        : ok({ did: task });

/** Plays it; the run may have ended or not. */
export async function recordedRun(spec: RandomRun): Promise<{ readonly r: Rig; readonly run: RunId }> {
  const provider = scripted(({ task: id }) =>
    outcomeOf(spec.outcomes[provider.calls.length % spec.outcomes.length], id),
  );
  const r = rig({ providers: [provider] });
  const { run } = await r.run(documentOf(spec), { workflows });
  await settled();
  for (const move of spec.moves) await make(r, run, provider.calls, spec, move);
  return { r, run };
}

async function make(
  r: Rig,
  run: RunId,
  calls: ReturnType<typeof scripted>["calls"],
  { tasks }: RandomRun,
  { kind, n, ms }: RandomRun["moves"][number],
): Promise<void> {
  const ask = (request: RunRequest) => r.request(run, request);
  const id = TaskId.parse(name(n % tasks.length));
  if (kind <= 2) await r.clock.advance(ms);
  if (kind === 3) await ask({ type: "PauseRun" });
  if (kind === 4) await ask({ type: "ResumeRun" });
  if (kind === 5) await ask({ type: "SendSignal", name: n % 2 ? "go" : "stop", payload: { n } });
  if (kind === 6) await ask({ type: "DecideApproval", task: id, decision: n % 3 ? "approved" : "rejected" });
  if (kind === 7 && n % 4 === 0) await ask({ type: "CancelRun" });
  if (kind === 8) calls.at(-1 - (n % Math.max(1, calls.length)))?.answer(n % 3 ? ok({ late: n }) : broken());
  if (kind === 9) await extendLease(r, run, n);
  if (kind === 10) await ask({ type: "ResumeRun", set: { [`tasks.${id}.params.set`]: n } });
  await settled();
}

/** No command of today writes that a worker is still at it. */
async function extendLease(r: Rig, run: RunId, n: number): Promise<void> {
  const log = await r.log(run);
  const started = log.filter(({ event }) => event.type === "TaskScheduled" && event.data.claim);
  const one = started[n % Math.max(1, started.length)]?.event;
  const ended = log.some(({ event }) => ["RunSucceeded", "RunFailed", "RunCancelled"].includes(event.type));
  if (one?.type !== "TaskScheduled" || ended) return;
  const { task: id, attempt } = one.data;
  const event = foreignEvent({
    type: "TaskLeaseExtended",
    data: { task: id, attempt, leaseMs: 1000 + (n % 9) },
  });
  await r.store.events.append(runStream(run, TENANT), log.length - 1, [event]);
}
