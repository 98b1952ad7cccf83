// Commands as the engine and its workers send them.
import { errorInfo, type RunCommand } from "../../../src/domain/index.ts";
import { claim } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

export const pair = graphOf({ a: {}, b: { after: ["a"] } });

export const schedule = (id: string): RunCommand => ({
  type: "ScheduleTask",
  task: task(id),
  params: { x: 1 },
  idempotencyKey: `run/${id}`,
  claim,
});
export const complete = (id: string, attempt = 1): RunCommand => ({
  type: "CompleteTask",
  task: task(id),
  attempt,
  result: 1,
  served: { provider: "echo" },
});
export const fail = (
  id: string,
  attempt = 1,
  code: "TASK_EXECUTION_FAILED" | "TASK_TIMEOUT" = "TASK_TIMEOUT",
): RunCommand => ({
  type: "FailTask",
  task: task(id),
  attempt,
  error: errorInfo(code, "broken"),
  served: {},
  fraction: 0,
});
export const lose = (id: string, attempt = 1): RunCommand => ({
  type: "LoseTask",
  task: task(id),
  attempt,
  reason: "worker-dead",
});
