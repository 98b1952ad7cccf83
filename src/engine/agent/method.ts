// `llm/agent` as methods are published. Nobody is called by that name: the engine itself is what performs it, out of
// calls of `llm/chat` and of the tools' own methods.
import { AgentParams, AgentResult, chatParams, isObject, type Json } from "../../domain/index.ts";
import { type Method, type ParamProblem, paramProblems } from "../ports/index.ts";

export const agentMethod: Method = {
  version: 1,
  description:
    "Lets a model call tools until it has an answer. Each turn and each call is a task of its own; the other params are those of `chat`.",
  params: AgentParams,
  result: AgentResult,
  examples: [
    { prompt: "What is 19 + 23, times 2?", tools: ["mcp/tool.add", "mcp/tool.multiply"], max_steps: 6 },
    {
      prompt: "Tell the harbour master that we are late.",
      tools: [{ method: "http/request", name: "tell", params: { method: "POST" } }],
      approve: ["tell"],
    },
  ],
  streams: true,
};

/** The agent's own params, and what is wrong with those that go to the model. */
export function agentProblems(
  params: Json,
  chat: (params: Json) => readonly ParamProblem[],
): readonly ParamProblem[] {
  const own = paramProblems(agentMethod, params);
  return isObject(params) ? [...own, ...chat(chatParams(params))] : own;
}
