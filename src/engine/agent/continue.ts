// How an agent goes on once its last tasks have ended: the calls that its model asked for, its next turn, or its end.
//
// Invariants:
//  1. What comes next follows from the log alone, but for what tools say of arguments; that is recorded with the calls, and
//     taken over with the turn that asked for them.
//  2. A turn that has ended is never asked again: its answer stands in the log.
//  3. The model is told what became of each call it asked for, before its next turn.
import {
  AgentBudgets,
  AgentParams,
  type ErrorInfo,
  type RunCommand,
  type TaskNode,
  taskAt,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import { failureOf } from "../resolving/scope.ts";
import { overspent } from "./budgets.ts";
import { judged } from "./judge.ts";
import { judgedBefore } from "./judged-before.ts";
import { agentResult } from "./result.ts";
import { type Exchange, storyOf } from "./story.ts";

export async function continueAgent(kit: Kit, driven: Driven, agent: TaskNode): Promise<RunCommand> {
  const { state } = driven;
  const addition = state.additions.get(agent.index)?.at(-1);
  const story = await storyOf(kit, driven, agent);
  const last = story.exchanges.at(-1);
  if (!addition || !last) throw new Error(`agent ${agent.id} has not begun`);
  const isAfterTurn = addition.steps?.[0]?.kind === "turn";
  if (!isAfterTurn) return afterCalls(agent, last);
  if (taskAt(state, last.turn.index).status === "failed")
    return failAgent(agent, await turnFailed(kit, driven, last.turn));
  if (last.requests.length === 0) return agentResult(kit, agent, story);
  const params = AgentParams.parse(story.params);
  const { spent } = taskAt(state, agent.index).elements ?? {};
  const over = spent && overspent(AgentBudgets.parse(story.params), spent);
  if (over) return failAgent(agent, over);
  const before = await judgedBefore(kit, driven, agent, last.turn);
  const { steps, items, refused } = before ?? (await judged(kit, agent, params.tools, last.requests));
  const told = refused.length > 0 ? { agent: { refused } } : {};
  if (!steps.some(({ kind }) => kind !== "turn")) return { ...turn(agent), ...told };
  return { type: "AddTasks", template: agent.id, count: steps.length, steps, items, ...told };
}

const turn = ({ id }: TaskNode) =>
  ({ type: "AddTasks", template: id, count: 1, steps: [{ kind: "turn" }] }) as const;

const failAgent = ({ id }: TaskNode, error: ErrorInfo): RunCommand => ({
  type: "FailAgent",
  task: id,
  error,
});

async function turnFailed(kit: Kit, driven: Driven, { id, index }: TaskNode): Promise<ErrorInfo> {
  const cause = await failureOf(kit, driven, index);
  return { ...cause, message: `turn ${id} failed: ${cause.message}`, retryable: false, cause };
}

/** A failure is the model's to judge, unless the document says that it ends the agent. */
function afterCalls(agent: TaskNode, { answers }: Exchange): RunCommand {
  for (const { called, error } of answers.values()) {
    if (!error || called.status !== "failed") continue;
    const tool = agent.agent?.tools.find(({ name }) => name === called.tool);
    if (tool?.onFailure !== "fail") continue;
    const message = `the call ${called.task ?? ""} of \`${called.tool}\` failed: ${error.message}`;
    return failAgent(agent, { ...error, message, retryable: false, cause: error });
  }
  return turn(agent);
}
