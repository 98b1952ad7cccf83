// Random commands on random graphs: whatever is accepted folds, replays, and never leaves the state tables.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  begin,
  commit,
  decide,
  errorInfo,
  evolve,
  initial,
  isFinal,
  isOpen,
  jcs,
  lift,
  nextAction,
  nextDue,
  parseJson,
  type RunCommand,
  type RunEvent,
  type RunState,
  rollback,
  schemaVersion,
  taskAt,
} from "../../../src/domain/index.ts";
import type { Graph } from "../../../src/domain/workflow/graph.ts";
import { claim, ME, NOON, OTHER, started, submitted } from "./given.ts";
import { type GraphSpec, graphOf, type TaskSpec, task } from "./graph-of.ts";

type Move = { readonly kind: number; readonly task: number; readonly ok: boolean; readonly wait: number };

/** Tasks t0 … tn; each may depend on earlier ones, so that there are no cycles. */
const graphs: fc.Arbitrary<Graph> = fc
  .record({
    tasks: fc.array(
      fc.record({
        after: fc.array(fc.nat(), { maxLength: 3 }),
        continues: fc.boolean(),
        maxAttempts: fc.integer({ min: 1, max: 3 }),
        priority: fc.constantFrom("low", "normal", "high", "urgent" as const),
        onWorkerLost: fc.constantFrom("retry", "fail" as const),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    maxParallelTasks: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    failFast: fc.boolean(),
    timeoutMs: fc.option(fc.integer({ min: 1000, max: 20_000 }), { nil: undefined }),
  })
  .map(({ tasks, ...more }) => {
    const spec: Record<string, TaskSpec> = {};
    tasks.forEach((one, i) => {
      const after = i === 0 ? [] : [...new Set(one.after.map((n) => `t${n % i}`))];
      spec[`t${i}`] = {
        after,
        onFailure: one.continues ? "continue" : "fail",
        onWorkerLost: one.onWorkerLost,
        priority: one.priority,
        retry: { maxAttempts: one.maxAttempts },
      };
    });
    return graphOf(spec satisfies GraphSpec, more);
  });

const moves = fc.array(
  fc.record({
    kind: fc.nat({ max: 9 }),
    task: fc.nat(),
    ok: fc.boolean(),
    wait: fc.integer({ min: -500, max: 3000 }),
  }),
  { maxLength: 60 },
);

/** A command that a caller, sane or not, might send. */
function commandOf({ kind, task: n, ok }: Move, state: RunState): RunCommand {
  const index = n % state.tasks.length;
  const id = task(`t${index}`);
  const { attempt } = taskAt(state, index);
  const error = errorInfo(ok ? "TASK_TIMEOUT" : "TASK_EXECUTION_FAILED", "broken");
  switch (kind) {
    case 0:
      return {
        type: "ScheduleTask",
        task: id,
        params: {},
        idempotencyKey: `run/${id}`,
        ...(ok && { claim }),
      };
    case 1:
      return { type: "CompleteTask", task: id, attempt, result: { n }, served: {} };
    case 2:
      return { type: "FailTask", task: id, attempt, error, served: {}, fraction: 0.5 };
    case 3:
      return { type: "LoseTask", task: id, attempt, reason: ok ? "worker-dead" : "shutdown" };
    case 4:
      return { type: ok ? "PauseRun" : "ResumeRun" };
    case 5:
      return { type: "StartTask", task: id, claim };
    case 6:
      return { type: "RetryTask", task: id, idempotencyKey: `run/${id}` };
    case 7:
      return ok ? { type: "SkipTask", task: id } : { type: "RejectParams", task: id, error };
    case 8:
      return n % 7 === 0 ? { type: "CancelRun" } : { type: "StartRun", owner: ok ? ME : OTHER };
    default:
      return { type: "FinishRun", outcome: ok ? { kind: "succeeded", outputs: {} } : { kind: "cancelled" } };
  }
}

/** What the engine would do by itself. */
function owed(state: RunState, now: number): RunCommand | undefined {
  const action = nextAction(state, { slots: 1, now });
  if (!action) return undefined;
  switch (action.type) {
    case "scheduleTask":
      return {
        type: "ScheduleTask",
        task: action.task,
        params: {},
        idempotencyKey: `run/${action.task}`,
        claim,
      };
    case "retryTask":
      return { type: "RetryTask", task: action.task, idempotencyKey: `run/${action.task}` };
    case "startTask":
      return { type: "StartTask", task: action.task, claim };
    case "skipTask":
      return { type: "SkipTask", task: action.task };
    case "cancelTask":
      return { type: "CancelTask", task: action.task };
    case "reuseResult":
    case "addTasks":
      throw new Error(`${action.type} is not owed here`);
    case "finishRun":
      return { type: "FinishRun", outcome: endingOf(action.as, state) };
  }
}

function endingOf(as: string, { head }: RunState) {
  if (as === "cancelled" || as === "timed-out") return { kind: as } as const;
  const failed = { kind: "failed", cause: errorInfo("TASK_TIMEOUT", "x"), task: task("t0") } as const;
  return head.firstFailed === undefined ? ({ kind: "succeeded", outputs: {} } as const) : failed;
}

type Story = { readonly graph: Graph; readonly log: readonly RunEvent[]; readonly state: RunState };

/** Plays the moves, doing owed work between them; checks invariants after every event. */
function play(graph: Graph, plan: readonly Move[], check: (state: RunState) => void): Story {
  const state = initial(graph);
  const log: RunEvent[] = [];
  let now = NOON;
  const record = (events: readonly RunEvent[]): void => {
    for (const event of events) {
      evolve(state, event, { revision: log.length, at: now });
      log.push(event);
      check(state);
    }
  };
  record([submitted, started]);
  for (const move of plan) {
    now += move.wait;
    const decision = decide(commandOf(move, state), state, now);
    if (decision.kind === "accepted") record(decision.events);
    if (!move.ok) continue;
    for (let command = owed(state, now); command; command = owed(state, now)) {
      const followed = decide(command, state, now);
      expect(followed.kind, JSON.stringify({ command, followed })).toBe("accepted");
      if (followed.kind === "accepted") record(followed.events);
    }
  }
  return { graph, log, state };
}

const facts = (state: RunState) => ({
  tasks: state.tasks,
  head: state.head,
});
const nothing = (): void => undefined;

function consistent(state: RunState): void {
  const open = state.tasks.filter(({ status }) => isOpen(status));
  expect(state.head.unfinished).toBe(open.length);
  expect(state.head.running).toBe(state.tasks.filter(({ status }) => status === "running").length);
  expect(state.head.underWay).toBe(open.filter(({ attempt }) => attempt > 0).length);
  state.tasks.forEach((one, index) => {
    const unmet = state.graph.nodes[index]?.dependencies.filter((d) => isOpen(taskAt(state, d).status)) ?? [];
    expect(one.unmet).toBe(unmet.length);
  });
}

describe("any sequence of commands", () => {
  test("keeps the state consistent and inside its tables", () => {
    fc.assert(
      fc.property(graphs, moves, (graph, plan) => void play(graph, plan, consistent)),
      { numRuns: 300 },
    );
  });

  test("folds from its JSON text to the live state, whole or in two parts", () => {
    fc.assert(
      fc.property(graphs, moves, fc.double({ min: 0, max: 1, noNaN: true }), (graph, plan, part) => {
        const times: number[] = [];
        const { log, state } = play(graph, plan, nothing);
        const again = initial(graph);
        const cut = Math.floor(log.length * part);
        for (const [revision, event] of log.entries()) {
          const data = parseJson(jcs(event.data));
          const lifted = lift(event.type, schemaVersion(event.type), data);
          if (!lifted.ok) throw new Error(lifted.message);
          expect(lifted.event).toEqual(event);
          evolve(again, lifted.event, { revision, at: NOON });
          if (revision === cut) times.push(again.head.revision);
        }
        const timeless = ({ tasks, head }: ReturnType<typeof facts>) => ({
          tasks: tasks.map((one) => ({ ...one, startedAt: undefined })),
          head: { ...head, startedAt: undefined, submittedAt: 0, endedAt: undefined },
        });
        expect(timeless(facts(again))).toEqual(timeless(facts(state)));
      }),
      { numRuns: 200 },
    );
  });

  test("can be taken back: a step that is rolled back leaves no trace in what is decided next", () => {
    fc.assert(
      fc.property(graphs, moves, moves, (graph, before, undone) => {
        const { state, log } = play(graph, before, nothing);
        const reference = facts(structuredCloneOf(state));
        begin(state);
        let revision = log.length;
        for (const move of undone) {
          const decision = decide(commandOf(move, state), state, NOON);
          if (decision.kind !== "accepted") continue;
          for (const event of decision.events) evolve(state, event, { revision: revision++, at: NOON });
        }
        rollback(state);
        expect(facts(state)).toEqual(reference);
        const fresh = initial(graph);
        log.forEach((event, at) => evolve(fresh, event, { revision: at, at: NOON }));
        const far = NOON + 10 ** 9;
        if (!isFinal(state.head.status)) {
          expect(nextAction(state, { slots: 1, now: far })).toEqual(
            nextAction(fresh, { slots: 1, now: far }),
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  test("ends, once everything owed is done and nothing fails for ever", () => {
    fc.assert(
      fc.property(graphs, moves, (graph, plan) => {
        const { state, log } = play(graph, plan, nothing);
        let revision = log.length;
        let now = NOON + 10 ** 7;
        const record = (events: readonly RunEvent[]) => {
          for (const event of events) evolve(state, event, { revision: revision++, at: now });
        };
        for (let i = 0; i < 1000 && !isFinal(state.head.status); i += 1) {
          now += 10 ** 6;
          const running = state.tasks.findIndex(({ status }) => status === "running");
          const command: RunCommand | undefined =
            state.head.status === "paused"
              ? { type: "ResumeRun" }
              : (owed(state, now) ??
                (running < 0
                  ? undefined
                  : {
                      type: "CompleteTask",
                      task: task(`t${running}`),
                      attempt: taskAt(state, running).attempt,
                      result: 1,
                      served: {},
                    }));
          if (!command) throw new Error(`stuck: ${JSON.stringify(facts(state))}`);
          const decision = decide(command, state, now);
          if (decision.kind !== "accepted") throw new Error(JSON.stringify({ command, decision }));
          record(decision.events);
        }
        expect(isFinal(state.head.status)).toBe(true);
        expect(nextAction(state, { slots: 9, now })).toBeUndefined();
        expect(nextDue(state)).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});

const structuredCloneOf = (state: RunState): RunState => ({
  ...state,
  tasks: state.tasks.map((one) => ({ ...one })),
  head: { ...state.head },
});

test("a committed step keeps what it did", () => {
  const state = initial(graphOf({ t0: {} }));
  begin(state);
  evolve(state, submitted, { revision: 0, at: NOON });
  commit(state);
  expect(state.head.status).toBe("pending");
  expect(() => rollback(state)).toThrow("nothing to roll back");
});
