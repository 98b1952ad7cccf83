// Whether a task of one document is what the task of that name was in another: then its result stands.
import { type Json, jcs, type TaskNode } from "../../domain/index.ts";

type Documents = { readonly areCalleesOther: boolean };

export function isSameTask({ areCalleesOther }: Documents, one: TaskNode, other: TaskNode): boolean {
  if (one === other) return true;
  if (areCalleesOther && (one.child || other.child)) return false;
  return jcs(saidOf(one)) === jcs(saidOf(other));
}

/** What decides the result. How often it is tried, how long it may take and what it is called in lists do not. */
function saidOf(node: TaskNode): Json {
  const { protocol, method, provider, params, fallbacks, when, wait, approval, child, forEach, agent } = node;
  return {
    protocol,
    method,
    provider: provider ?? null,
    preferred: node.preferredProvider ?? null,
    params,
    fallbacks: fallbacks.map((one) => ({ method: `${one.protocol}/${one.method}`, params: one.params })),
    when: when?.text ?? null,
    wait: wait ? { ...wait } : null,
    approval: approval ? { min: approval.min, onTimeout: approval.onTimeout } : null,
    workflow: child?.workflow ?? null,
    list: forEach?.list ?? null,
    tools: agent?.tools.map((tool) => `${tool.name} ${tool.protocol}/${tool.method}`) ?? null,
    file: node.batchFile ?? null,
  };
}
