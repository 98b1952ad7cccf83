// The time in which a task did not run, and what it waited for meanwhile.
import type { TaskId } from "../domain/index.ts";
import type { TaskTimeline, Timeline } from "./timeline.ts";

export type Gap = {
  readonly from: number;
  readonly to: number;
  /** `place`: everything was there but a free place; `retry`, `loss`: between two attempts. */
  readonly why: "dependency" | "place" | "retry" | "loss";
  /** The dependency that ended last. */
  readonly task?: TaskId;
};

export function gapsOf({ startedAt }: Timeline, task: TaskTimeline): readonly Gap[] {
  const first = task.attempts[0];
  const gaps: Gap[] = [];
  const add = (gap: Gap): void => {
    if (gap.to > gap.from) gaps.push(gap);
  };
  if (startedAt !== undefined && task.readyAt !== undefined && task.waitedFor !== undefined) {
    add({ from: startedAt, to: task.readyAt, why: "dependency", task: task.waitedFor });
  }
  if (first && task.readyAt !== undefined) add({ from: task.readyAt, to: first.startedAt, why: "place" });
  task.attempts.slice(1).forEach((attempt, i) => {
    const before = task.attempts[i];
    if (before?.endedAt === undefined) return;
    const why = before.outcome === "lost" ? "loss" : "retry";
    add({ from: before.endedAt, to: attempt.startedAt, why });
  });
  return gaps;
}
