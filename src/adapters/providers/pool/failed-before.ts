// Where attempts of a task have failed: its next one goes elsewhere. Forgotten with the run.
import { type ErrorInfo, type RunId, type TaskId, verdictOf } from "../../../domain/index.ts";
import type { CallContext } from "../../../engine/ports/index.ts";

type Which = Pick<CallContext, "run" | "task">;

export type FailedBefore = {
  readonly of: (which: Which) => ReadonlySet<string>;
  readonly note: (which: Which, instance: string, error: ErrorInfo) => void;
  readonly forget: (run: RunId) => void;
};

const NONE: ReadonlySet<string> = new Set();

export function failedBefore(): FailedBefore {
  const runs = new Map<RunId, Map<TaskId, Set<string>>>();
  return {
    of: ({ run, task }) => runs.get(run)?.get(task) ?? NONE,
    note: ({ run, task }, instance, error) => {
      const verdict = verdictOf(error);
      if (verdict !== "fault" && verdict !== "busy") return;
      const tasks = runs.get(run) ?? new Map<TaskId, Set<string>>();
      runs.set(run, tasks);
      tasks.set(task, new Set([...(tasks.get(task) ?? NONE), instance]));
    },
    forget: (run) => {
      runs.delete(run);
    },
  };
}
