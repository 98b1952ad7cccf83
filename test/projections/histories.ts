// Histories for projections: random graphs played by the domain's own rules, recorded as a log with several runs.
import fc from "fast-check";
import {
  type Action,
  decide,
  EventId,
  errorInfo,
  evolve,
  initial,
  instantOf,
  nextAction,
  nodeAt,
  type RecordedRunEvent,
  type RunCommand,
  type RunEvent,
  RunId,
  type RunState,
  runStream,
  taskAt,
} from "../../src/domain/index.ts";
import type { Graph } from "../../src/domain/workflow/graph.ts";
import { claim, ME, NOON, OTHER, started, submitted } from "../domain/run/given.ts";
import { task } from "../domain/run/graph-of.ts";
import { smallGraphs } from "../domain/run/random-graphs.ts";

export type History = {
  readonly graph: Graph;
  readonly log: readonly RecordedRunEvent[];
  readonly state: RunState;
};

/** Data of the first event that every history here begins with. */
export const submission = dataOfSubmission();

function dataOfSubmission() {
  if (submitted.type !== "RunSubmitted") throw new Error("a history begins with RunSubmitted");
  return submitted.data;
}

type Move = { readonly kind: number; readonly task: number; readonly ok: boolean; readonly wait: number };

export const runNumber = (n: number): RunId =>
  RunId.parse(`018f2f4e-0000-7000-8000-${String(n).padStart(12, "0")}`);

/** As a store would give them back: the n-th of the log stands at position n + 1. */
export function recorded(
  event: RunEvent,
  at: number,
  revision: number,
  position: number,
  run = runNumber(1),
) {
  const record: RecordedRunEvent = {
    position: BigInt(position),
    stream: runStream(run),
    run,
    revision,
    id: EventId.parse(`018f2f4e-0000-7000-9000-${String(position).padStart(12, "0")}`),
    schemaVersion: 1,
    recordedAt: instantOf(at),
    metadata: { tenant: "main", actor: { type: "cli", id: "someone" } },
    event,
  };
  return record;
}

/** One run's events, a second apart. */
export const logOf = (...events: readonly RunEvent[]): readonly RecordedRunEvent[] =>
  [submitted, started, ...events].map((event, i) => recorded(event, NOON + i * 1000, i, i + 1));

const plans = fc.array(
  fc.record({
    kind: fc.nat({ max: 7 }),
    task: fc.nat(),
    ok: fc.boolean(),
    wait: fc.integer({ min: 0, max: 900 }),
  }),
  { maxLength: 50 },
);

export const histories: fc.Arbitrary<History> = fc
  .tuple(smallGraphs, plans)
  .map(([graph, plan]) => play(graph, plan));

function play(graph: Graph, plan: readonly Move[]): History {
  const state = initial(graph);
  const log: RecordedRunEvent[] = [];
  let now = NOON;
  const take = (events: readonly RunEvent[]): void => {
    for (const event of events) {
      const revision = state.head.revision + 1;
      evolve(state, event, { revision, at: now });
      log.push(recorded(event, now, revision, log.length + 1));
    }
  };
  const handle = (command: RunCommand): void => {
    const decision = decide(command, state, now);
    if (decision.kind === "accepted") take(decision.events);
  };
  take([submitted]);
  for (const move of plan) {
    now += move.wait;
    handle(commandOf(move, state));
    const next = () => nextAction(state, { slots: 2, now });
    for (let action = next(); action; action = next()) handle(owed(action, state));
  }
  return { graph, log, state };
}

function commandOf({ kind, task: n, ok }: Move, state: RunState): RunCommand {
  const index = n % state.tasks.length;
  const { id } = nodeAt(state, index);
  const { attempt } = taskAt(state, index);
  const error = errorInfo(ok ? "TASK_TIMEOUT" : "TASK_EXECUTION_FAILED", "broken");
  switch (kind) {
    case 0:
      return {
        type: "StartRun",
        owner: ok ? ME : OTHER,
        ...(state.head.owner && { previous: state.head.owner }),
      };
    case 1:
      return { type: "FailTask", task: id, attempt, error, served: {}, fraction: 0.5 };
    case 2:
      return { type: "LoseTask", task: id, attempt, reason: ok ? "worker-dead" : "shutdown" };
    case 3:
      return n % 5 === 0 ? { type: "PauseRun" } : { type: "ResumeRun" };
    case 4:
      return n % 9 === 0 ? { type: "CancelRun" } : { type: "ResumeRun" };
    default:
      return { type: "CompleteTask", task: id, attempt, result: { n }, served: {} };
  }
}

function owed(action: Action, { head }: RunState): RunCommand {
  const idempotencyKey = "task" in action ? `run/${action.task}` : "";
  switch (action.type) {
    case "scheduleTask":
      return { type: "ScheduleTask", task: action.task, params: {}, idempotencyKey, claim };
    case "retryTask":
      return { type: "RetryTask", task: action.task, idempotencyKey };
    case "startTask":
      return { type: "StartTask", task: action.task, claim };
    case "startWait":
      return { type: "StartWait", task: action.task, afterMs: 500 };
    case "endWait":
      return { type: "EndWait", task: action.task, brought: {} };
    case "skipTask":
      return { type: "SkipTask", task: action.task };
    case "cancelTask":
      return { type: "CancelTask", task: action.task };
    case "finishRun":
      if (action.as === "compensated") return { type: "FinishRun", outcome: { kind: "compensated" } };
      if (action.as === "cancelled") return { type: "FinishRun", outcome: { kind: "cancelled" } };
      return head.firstFailed === undefined
        ? { type: "FinishRun", outcome: { kind: "succeeded", outputs: {} } }
        : {
            type: "FinishRun",
            outcome: { kind: "failed", cause: errorInfo("TASK_TIMEOUT", "x"), task: task("t0") },
          };
    case "scheduleChild":
    case "startChild":
    case "reuseResult":
    case "giveResult":
    case "addElements":
    case "gatherResults":
    case "beginAgent":
    case "continueAgent":
    case "addTasks":
      throw new Error(`${action.type} is not owed here`);
  }
}

/** Several runs in one log, their events shuffled into each other, each run's own order kept. */
export const logs: fc.Arbitrary<readonly RecordedRunEvent[]> = fc
  .tuple(fc.array(histories, { minLength: 1, maxLength: 3 }), fc.array(fc.nat(), { maxLength: 200 }))
  .map(([parts, picks]) => {
    const queues = parts.map(({ log }, n) => log.map((record) => ({ ...record, run: runNumber(n + 1) })));
    const merged: RecordedRunEvent[] = [];
    for (let i = 0; queues.some((queue) => queue.length > 0); i += 1) {
      const open = queues.filter((queue) => queue.length > 0);
      const next = open[(picks[i] ?? 0) % open.length]?.shift();
      if (next) merged.push({ ...next, position: BigInt(merged.length + 1) });
    }
    return merged;
  });
