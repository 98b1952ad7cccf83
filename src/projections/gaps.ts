// The time in which a task did not run, and what it waited for meanwhile.
import type { TaskId } from "../domain/index.ts";
import type { AttemptSpan, TaskTimeline, Timeline, WaitSpan } from "./timeline-view.ts";

export type Gap = {
  readonly from: number;
  readonly to: number;
  /**
   * `place`: everything was there but a free place; `retry`, `loss`: between two attempts; `signal`, `approval`, `time`:
   * on purpose.
   */
  readonly why: "dependency" | "place" | "retry" | "loss" | WaitSpan["for"];
  readonly signal?: string;
  /** The dependency that ended last. */
  readonly task?: TaskId;
};

/** Those that are not over yet last until `now`; without it they are left out. */
export function gapsOf({ startedAt, endedAt }: Timeline, task: TaskTimeline, now = endedAt): readonly Gap[] {
  const { attempts, wait, readyAt } = task;
  const [first] = attempts;
  const gaps: Gap[] = [];
  const add = (gap: Gap): void => {
    if (gap.to > gap.from) gaps.push(gap);
  };
  if (startedAt !== undefined && readyAt !== undefined && task.waitedFor !== undefined) {
    add({ from: startedAt, to: readyAt, why: "dependency", task: task.waitedFor });
  }
  if (first && readyAt !== undefined) add({ from: readyAt, to: first.startedAt, why: "place" });
  if (wait) {
    const { for: why, startedAt: from, endedAt: to = now ?? from, signal } = wait;
    add({ from, to, why, ...(signal !== undefined && { signal }) });
  }
  attempts.forEach((before, i) => {
    const to = attempts[i + 1]?.startedAt ?? task.endedAt ?? now;
    if (before.endedAt === undefined || to === undefined || isLast(before)) return;
    add({ from: before.endedAt, to, why: before.outcome === "lost" ? "loss" : "retry" });
  });
  return gaps;
}

const isLast = ({ outcome }: AttemptSpan): boolean => outcome === "succeeded" || outcome === "cancelled";
