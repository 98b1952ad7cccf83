import type { TaskNode } from "../workflow/graph.ts";
import { DEFAULT_TIMEOUT_MS } from "../workflow/policy.ts";
import { nodeAt, type RunState, taskAt } from "./state.ts";

/** The task with what is called now: itself, or one of its fallbacks. */
export function calledNow(state: RunState, index: number): TaskNode {
  const node = nodeAt(state, index);
  const callee = node.fallbacks[taskAt(state, index).fellBack - 1];
  if (!callee) return node;
  const { provider: _, child, ...rest } = node;
  return {
    ...rest,
    ...callee,
    ...(child && rest.timeoutMs === Infinity && { timeoutMs: DEFAULT_TIMEOUT_MS }),
  };
}
