// A task of a run as a user names it: by its id, or by its name.

import { GleitzeitError } from "../../domain/index.ts";
import type { RunReport, TaskReport } from "../../engine/index.ts";

export function taskNamed({ tasks, history: { run } }: RunReport, wanted: string): TaskReport {
  const found = tasks.find(({ detail }) => detail.id === wanted || detail.name === wanted);
  if (found) return found;
  const known = tasks.slice(0, 20).map(({ detail }) => detail.id);
  throw new GleitzeitError("TASK_NOT_FOUND", `run ${run} has no task ${wanted}; it has ${known.join(", ")}`);
}
