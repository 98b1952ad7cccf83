// A log that says what cannot have happened is not folded: whoever reads it learns which event, and why.
import { expect, test } from "vitest";
import {
  evolve,
  initial,
  nodeAt,
  type RunEvent,
  type RunEventOf,
  TaskId,
  taskAt,
} from "../../../src/domain/index.ts";
import {
  claim,
  failed,
  fold,
  given,
  NOON,
  retryAt,
  scheduled,
  started,
  submitted,
  succeeded,
} from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const graph = graphOf({
  a: {},
  x: { each: {} },
  ask: { approval: { min: 1, onTimeout: "fail" } },
  call: { wait: { kind: "signal", signal: "go" } },
});
const added = (template: string, count = 1): RunEvent => ({
  type: "TasksAdded",
  data: { template: TaskId.parse(template), count },
});
const startedAs = (attempt: number): RunEventOf<"TaskStarted"> => ({
  type: "TaskStarted",
  data: { task: task("a"), attempt, claim },
});
const waits: RunEvent = { type: "WaitStarted", data: { task: task("call"), signal: "go" } };
const asks: RunEvent = { type: "ApprovalRequested", data: { task: task("ask"), min: 1 } };
const says: RunEvent = {
  type: "ApprovalDecided",
  data: { task: task("ask"), decision: "approved", by: "b" },
};
const lost: RunEvent = { type: "TaskLost", data: { task: task("a"), attempt: 1, reason: "worker-dead" } };

test.each<[string, readonly RunEvent[], RunEvent, string]>([
  ["of an unknown task", [], succeeded("zzz"), "TaskSucceeded of an unknown task zzz"],
  ["with elements of an unknown task", [], added("zzz"), "elements of an unknown task zzz"],
  [
    "with elements of a task that has ended",
    [succeeded("x", 0)],
    added("x"),
    "elements of x, which is succeeded",
  ],
  ["that starts an attempt twice", [scheduled("a"), lost], startedAs(1), "attempt 1 after 1"],
  ["that leaves an attempt out", [scheduled("a"), lost], startedAs(3), "attempt 3 after 1"],
  ["that begins to wait twice", [waits], waits, "a waiting task begins to wait"],
  ["that asks after the end", [succeeded("ask", 0)], asks, "a succeeded task begins to wait"],
  ["that answers what was not asked", [], says, "a waiting task waits for no answer"],
  ["that answers twice", [asks, says], says, "a waiting task waits for no answer"],
  [
    "that moves a task back",
    [scheduled("a"), succeeded("a")],
    lost,
    "a task cannot go from succeeded to scheduled",
  ],
  ["that starts a run again", [], started, "a run cannot go from running to running"],
])("an event %s is not folded", (_, before, event, message) => {
  const { state } = given(graph, ...before);
  expect(() => evolve(state, event, { revision: state.head.revision + 1, at: NOON })).toThrow(message);
});

test("an event at another revision than the next is not folded, and it is said which", () => {
  const state = fold(graph, [submitted]);
  expect(() => evolve(state, started, { revision: 0, at: NOON })).toThrow("RunStarted at revision 0 after 0");
  expect(state.head.status).toBe("pending");
});

test("what a run was paused for may fail more than once, what was asked for is asked once", () => {
  const pause = (cause: "request" | "task-failed"): RunEvent => ({ type: "RunPaused", data: { cause } });
  const paused = () => given(graph, pause("request")).state;
  expect(() => evolve(paused(), pause("task-failed"), { revision: 3, at: NOON })).not.toThrow();
  expect(() => evolve(paused(), pause("request"), { revision: 3, at: NOON })).toThrow(
    "from paused to paused",
  );
});

test("a task that is not there is a bug of whoever asks for it", () => {
  const state = initial(graph);
  expect(() => taskAt(state, 9)).toThrow("no task 9 in a run of 4");
  expect(() => nodeAt(state, 9)).toThrow("no node 9 in a run of 4");
});

test("a failure that is tried again leaves the task running until that is recorded", () => {
  const { state } = given(graph, scheduled("a"), failed("a", 1, false));
  expect(taskAt(state, 0)).toMatchObject({ status: "running", failures: 1, outcomeAt: 3 });
  evolve(state, retryAt("a", 2, NOON + 5), { revision: 4, at: NOON });
  expect(taskAt(state, 0)).toMatchObject({ status: "retrying", dueAt: NOON + 5, worker: undefined });
});
