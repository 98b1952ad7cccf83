// An agent to hold against the rules of a run, and the steps that its log may name.
import type { RunEvent, RunEventOf } from "../../../src/domain/index.ts";
import type { AgentTool, Graph, TaskNode } from "../../../src/domain/workflow/graph.ts";
import { graphOf } from "./graph-of.ts";

export type Steps = NonNullable<RunEventOf<"TasksAdded">["data"]["steps"]>;
export const added = (...steps: Steps): RunEvent => ({
  type: "TasksAdded",
  data: { template: "x", count: steps.length, steps: [...steps] },
});
export const turn = { kind: "turn" } as const;
export const call = (tool: number) => ({ kind: "call", tool }) as const;
export const question = (tool: number) => ({ kind: "approval", tool }) as const;

/** One agent, `x`, with the tools `add` and `send`. */
export function agentWith(agent: Partial<TaskNode>, tool: Partial<AgentTool> = {}): Graph {
  const graph = graphOf({ x: { agent: { tools: ["add", "send"] } }, z: { after: ["x"] } });
  const nodes = graph.nodes.map((node): TaskNode => {
    if (!node.agent) return node;
    const tools = node.agent.tools.map((one) => (one.name === "add" ? { ...one, ...tool } : one));
    return { ...node, ...agent, agent: { ...node.agent, ...agent.agent, tools } };
  });
  return { ...graph, nodes };
}
