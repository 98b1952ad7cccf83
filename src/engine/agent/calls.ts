// What an agent may call, as far as its document says: for the files that these calls name, and to ask its tools' servers.
import {
  AgentPlan,
  type AgentTool,
  chatParams,
  type JsonObject,
  type TaskNode,
  TURN,
} from "../../domain/index.ts";
import { fixedParams, paramsFor } from "./tools.ts";

export type AgentCall = Pick<AgentTool, "protocol" | "method" | "provider"> & { readonly params: JsonObject };

export const agentCalls = (node: TaskNode): readonly AgentCall[] =>
  node.agent
    ? [{ ...TURN, params: chatParams(node.params) }, ...toolCalls(node.agent.tools, node.params)]
    : [];

/** With what the document gives; the rest is the model's to say. */
export function toolCalls(tools: readonly AgentTool[], params: JsonObject): readonly AgentCall[] {
  const written = AgentPlan.parse(params).tools;
  return tools.map((tool, i) => {
    const { protocol, method, provider } = tool;
    const given = paramsFor(tool, {}, fixedParams(written[i]));
    return { protocol, method, params: given, ...(provider !== undefined && { provider }) };
  });
}
