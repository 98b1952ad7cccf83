// Random commands on random graphs: whatever is accepted folds, replays, and never leaves the state tables.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  begin,
  commit,
  decide,
  evolve,
  initial,
  isFinal,
  jcs,
  lift,
  nextAction,
  nextDue,
  nodeAt,
  parseJson,
  type RunCommand,
  type RunEvent,
  type RunState,
  rollback,
  schemaVersion,
  taskAt,
} from "../../../src/domain/index.ts";
import { tries } from "../tries.ts";
import { consistent } from "./consistent.ts";
import { NOON, submitted } from "./given.ts";
import { graphOf } from "./graph-of.ts";
import { owed } from "./owed.ts";
import { graphs } from "./random-graphs.ts";
import { commandOf, facts, moves, nothing, play } from "./story.ts";

describe("any sequence of commands", () => {
  test("keeps the state consistent and inside its tables", () => {
    fc.assert(
      fc.property(graphs, moves, (graph, plan) => void play(graph, plan, consistent)),
      tries(300),
    );
  });

  test("folds, up to any event and from its JSON text, to the state that was live then", () => {
    fc.assert(
      fc.property(graphs, moves, (graph, plan) => {
        const lived: string[] = [];
        const { log, times } = play(graph, plan, (state) => lived.push(JSON.stringify(facts(state))));
        const again = initial(graph);
        for (const [revision, event] of log.entries()) {
          const lifted = lift(event.type, schemaVersion(event.type), parseJson(jcs(event.data)));
          if (!lifted.ok) throw new Error(lifted.message);
          expect(lifted.event).toEqual(event);
          evolve(again, lifted.event, { revision, at: times[revision] ?? 0 });
          expect(JSON.stringify(facts(again)), `after ${revision} ${event.type}`).toBe(lived[revision]);
        }
      }),
      tries(200),
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
      tries(200),
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
                  ? awaited(state)
                  : {
                      type: "CompleteTask",
                      task: nodeAt(state, running).id,
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
      tries(200),
    );
  });
});

/** What somebody outside has to say before the run can go on. */
function awaited(state: RunState): RunCommand | undefined {
  const index = state.tasks.findIndex(({ wait, status }) => wait !== undefined && status === "waiting");
  const { signal, said = [] } = state.tasks[index]?.wait ?? {};
  if (index < 0) return undefined;
  if (signal !== undefined) return { type: "SendSignal", name: signal };
  const by = `person ${said.length}`;
  return { type: "DecideApproval", task: nodeAt(state, index).id, decision: "approved", by };
}

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
