// How a task that is repeated ends.
import type { Millis } from "../instant.ts";
import type { RunCommandOf } from "./commands.ts";
import { elapsed, failed, forGood } from "./decide-outcome.ts";
import { accept, type Decision, unchanged } from "./decision.ts";
import { notReady, type Subject } from "./startable.ts";
import { isOpen, isReady } from "./state.ts";

/** Its elements have ended, or those that had begun when it gave up. */
export function gather(
  { results, error }: RunCommandOf<"GatherResults">,
  { node, task, state }: Subject,
  now: Millis,
): Decision {
  if (!isOpen(task.status)) return unchanged;
  if (!task.elements || !isReady(state, node.index)) return notReady(node, task);
  const durationMs = elapsed(task, now);
  if (error)
    return forGood(
      { node, state },
      failed(node, 0, durationMs, error, true, { ...(results && { results }) }),
    );
  return accept({
    type: "TaskSucceeded",
    data: { task: node.id, attempt: 0, durationMs, values: { result: results ?? [] } },
  });
}
