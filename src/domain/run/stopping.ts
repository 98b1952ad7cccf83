// Whether a run, or one of its tasks, has to come to an end before its work is done.
import type { Millis } from "../instant.ts";
import { nodeAt, type RunState, taskAt } from "./state.ts";
import { timeLimit } from "./time-limit.ts";

/** Why a run that still has work ends. */
export type Stop = "cancelled" | "timed-out" | "failed-fast";

export function stopping(state: RunState, now: Millis): Stop | undefined {
  if (isEnded(state)) return undefined;
  if (state.head.cancelRequested) return "cancelled";
  if (state.head.status === "pending") return undefined;
  if (now >= (timeLimit(state)?.at ?? Infinity)) return "timed-out";
  return state.graph.failFast && state.head.failed > 0 ? "failed-fast" : undefined;
}

export const isEnded = ({ head }: RunState): boolean =>
  head.status === "absent" || head.endedAt !== undefined || head.status === "compensating";

/** A task under way that is not to go on: its run stops, or the task that it is an element of has given up. */
export function mustStop(state: RunState, index: number, now: Millis): boolean {
  if (stopping(state, now) !== undefined) return true;
  const { element } = nodeAt(state, index);
  return element !== undefined && taskAt(state, element.of).elements?.halted === true;
}
