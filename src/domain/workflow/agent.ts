// What a document says of an agent: a task that a model steers. Its turns and the calls of its tools are tasks that the
// run adds while it goes; what kind of tasks these can be is written in the document, and never comes from the model.
import type { JsonObject } from "../json.ts";
import { AgentPlan, type WrittenTool } from "./agent-params.ts";
import { durationMs } from "./duration.ts";
import type { AgentNode, AgentTool } from "./graph.ts";
import { retryPolicy } from "./policy.ts";
import { AGENT, type Target, targetOf } from "./target.ts";

export const isAgent = ({ protocol, method }: Target): boolean =>
  protocol === AGENT.protocol && method === AGENT.method;

/** Of validated params. */
export function agentOf(params: JsonObject): AgentNode {
  const { tools, approve } = AgentPlan.parse(params);
  const { min = 1, timeout, on_timeout } = typeof approve === "boolean" || isList(approve) ? NOBODY : approve;
  return {
    tools: tools.map((written) => toolOf(written, asked(approve))),
    approval: {
      min,
      onTimeout: on_timeout ?? "fail",
      ...(timeout !== undefined && { timeoutMs: durationMs(timeout) }),
    },
  };
}

type Approve = AgentPlan["approve"];
const NOBODY: Extract<Approve, { readonly min?: unknown }> = {};

const isList = (approve: Approve): approve is readonly string[] => Array.isArray(approve);

/** Names or methods of tools; `all` for every one of them. */
function asked(approve: Approve): readonly string[] | "all" {
  if (typeof approve === "boolean") return approve ? "all" : [];
  if (isList(approve)) return approve;
  return approve.tools ?? "all";
}

function toolOf(written: WrittenTool, asks: readonly string[] | "all"): AgentTool {
  const tool = typeof written === "string" ? { method: written } : written;
  const { provider, retry, timeout, on_failure, protocol } = tool;
  const target = targetOf({ method: tool.method, ...(protocol !== undefined && { protocol }) });
  const name = toolName(written);
  return {
    ...target,
    name,
    ...(provider !== undefined && { provider }),
    ...(retry && { retry: retryPolicy(retry) }),
    ...(timeout !== undefined && { timeoutMs: durationMs(timeout) }),
    onFailure: on_failure ?? "continue",
    asks: asks === "all" || asks.includes(name) || asks.includes(tool.method),
  };
}

/** `mcp/tool.add` is `add`, `http/request` is `http_request`: what every model's API takes for a name. */
export function toolName(written: WrittenTool): string {
  const { method, name } = typeof written === "string" ? { method: written, name: undefined } : written;
  return (
    name ??
    method
      .replace(/^mcp\/tool\./, "")
      .replaceAll(/[^A-Za-z0-9_-]+/g, "_")
      .slice(0, 64)
  );
}
