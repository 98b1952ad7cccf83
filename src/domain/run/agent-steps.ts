// The tasks that an agent is made of: turns of the model, calls of its tools, and questions to people before such calls.
// What they are follows from the event that added them and from the document.
import { TaskId } from "../ids.ts";
import type { AgentStep, AgentTool, TaskNode } from "../workflow/graph.ts";
import { QUESTION, TURN } from "../workflow/target.ts";
import type { Spent, Steps } from "./elements.ts";
import type { RunEventOf } from "./events.ts";
import { nodeAt, type RunState } from "./state.ts";
import { touch } from "./undo.ts";

type At = { readonly n: number; readonly index: number };

/** A call waits for the question before it, if there is one; then a failed question keeps it from being made. */
export function stepNode(agent: TaskNode, steps: Steps, i: number, { n, index }: At): TaskNode {
  const step = stepOf(agent, steps, i);
  const { timeoutMs, retry, priority, onWorkerLost, onFailure, provider, preferredProvider } = agent;
  const isAsked = steps[i - 1]?.kind === "approval";
  const common = {
    index,
    id: TaskId.parse(`${agent.id}[${n}]`),
    name: `${agent.name}[${n}]`,
    params: {},
    isDynamic: true,
    needs: [],
    strictNeeds: [],
    fallbacks: [],
    dependencies: step.kind === "call" && isAsked ? [index - 1] : [],
    dependents: step.kind === "approval" ? [index + 1, agent.index] : [agent.index],
    timeoutMs,
    retry,
    priority,
    onWorkerLost,
    onFailure: "continue",
    element: { of: agent.index, n },
    step,
    ...(preferredProvider !== undefined && { preferredProvider }),
  } as const;
  switch (step.kind) {
    case "turn": {
      const own = { ...common, ...TURN, ...(provider !== undefined && { provider }) };
      return onFailure === "pause" ? { ...own, onFailure } : own;
    }
    case "approval":
      return { ...common, ...QUESTION, ...(agent.agent && { approval: agent.agent.approval }) };
    case "call": {
      const own = { ...common, ...calledBy(toolAt(agent, step.tool)) };
      const mayPause = toolAt(agent, step.tool).onFailure === "fail" && onFailure === "pause";
      return mayPause ? { ...own, onFailure } : own;
    }
  }
}

const calledBy = ({ protocol, method, provider, retry, timeoutMs }: AgentTool) => ({
  protocol,
  method,
  ...(provider !== undefined && { provider }),
  ...(retry && { retry }),
  ...(timeoutMs !== undefined && { timeoutMs }),
});

export function toolAt({ agent, id }: TaskNode, place: number): AgentTool {
  const tool = agent?.tools[place];
  if (!tool) throw new Error(`agent ${id} has no tool ${place}`);
  return tool;
}

function stepOf(agent: TaskNode, steps: Steps, i: number): AgentStep {
  const { kind, tool } = steps[i] ?? {};
  if (kind === "turn") return { kind };
  if (kind === undefined || tool === undefined) throw new Error(`step ${i} of agent ${agent.id} is nothing`);
  return { kind, tool };
}

/** Whether an agent may go on with these: a turn alone, or calls, each behind its question where it has one. */
export function mayBeSteps({ agent }: TaskNode, steps: Steps): boolean {
  const known = agent?.tools.length ?? 0;
  return (
    (steps.length === 1 && steps[0]?.kind === "turn") ||
    (steps.length > 0 &&
      steps.every(({ kind, tool }, i) => {
        const isKnown = kind !== "turn" && tool !== undefined && tool < known;
        const next = steps[i + 1];
        return isKnown && (kind === "call" || (next?.kind === "call" && next.tool === tool));
      }))
  );
}

const NOTHING: Spent = { turns: 0, tokens: 0, costMicros: 0, uncounted: 0, unpriced: 0 };

/** What an agent's turn took; what was taken over cost nothing here. */
export function spend(state: RunState, index: number, { data }: RunEventOf<"TaskSucceeded">): void {
  const { step, element } = nodeAt(state, index);
  if (step?.kind !== "turn" || !element) return;
  const agent = touch(state, element.of);
  if (!agent.elements) return;
  const { spent = NOTHING } = agent.elements;
  const { inputTokens, outputTokens, costMicros } = data.usage ?? {};
  const isFree = data.reused !== undefined || data.given !== undefined;
  const isCounted = inputTokens !== undefined || outputTokens !== undefined || isFree;
  agent.elements = {
    ...agent.elements,
    spent: {
      turns: spent.turns + 1,
      tokens: spent.tokens + (inputTokens ?? 0) + (outputTokens ?? 0),
      costMicros: spent.costMicros + (costMicros ?? 0),
      uncounted: spent.uncounted + (isCounted ? 0 : 1),
      unpriced: spent.unpriced + (costMicros !== undefined || isFree ? 0 : 1),
    },
  };
}
