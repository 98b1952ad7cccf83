import type { Millis } from "../instant.ts";
import type { RunState } from "./state.ts";

/** When the run's time is up, and what says so. */
export type TimeLimit = { readonly at: Millis; readonly by: "timeout" | "deadline" };

/** The earlier of its timeout, which counts from its start, and its deadline; undefined when it has all the time. */
export function timeLimit({ head }: RunState): TimeLimit | undefined {
  const { startedAt, timeoutMs, deadline } = head;
  const timeout = startedAt === undefined || timeoutMs === undefined ? Infinity : startedAt + timeoutMs;
  const at = Math.min(timeout, deadline ?? Infinity);
  return at === Infinity ? undefined : { at, by: timeout <= at ? "timeout" : "deadline" };
}
