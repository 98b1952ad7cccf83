// What the tasks of an agent are given: a turn the conversation so far, a call what the model said, a question its words.
import {
  AgentPlan,
  chatParams,
  isList,
  isObject,
  type Json,
  type JsonObject,
  jcs,
  nodeAt,
  type SecretPlace,
  type TaskNode,
  taskAt,
  toolAt,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import { changedParams } from "../resolving/settings.ts";
import { valuesOf } from "../resolving/values.ts";
import { secretsOf } from "./secrets.ts";
import { type Exchange, editOf, type Story, storyOf } from "./story.ts";
import { fixedParams, paramsFor } from "./tools.ts";

export type StepParams = { readonly params: JsonObject; readonly secrets?: readonly SecretPlace[] };

/** Nothing in them is ever read as a reference. */
export async function stepParams(kit: Kit, driven: Driven, node: TaskNode): Promise<StepParams> {
  const { step, element } = node;
  if (!step || !element) throw new Error(`task ${node.id} is no step of an agent`);
  const agent = nodeAt(driven.state, element.of);
  const { params, ...more } =
    step.kind === "turn"
      ? { params: turnParams(await storyOf(kit, driven, agent, element.n)) }
      : await callParams(kit, driven, agent, node, step);
  return { ...more, params: await changedParams(kit, driven, node, params) };
}

function turnParams({ params, tools, exchanges }: Story): JsonObject {
  const { prompt, messages, ...rest } = chatParams(params);
  const begun = isList(messages) ? messages : [{ role: "user", content: prompt ?? "" }];
  return {
    ...rest,
    messages: [...begun, ...exchanges.flatMap(messagesOf)],
    ...(tools.length > 0 && { tools }),
  };
}

function messagesOf({ said, requests, answers }: Exchange): readonly Json[] {
  const { content, response } = said;
  const spoken = {
    role: "assistant",
    content: content ?? response ?? "",
    tool_calls: requests.map(({ id, name, arguments: given }) => ({ id, name, arguments: given ?? {} })),
  };
  const heard = requests.map(({ id, name }, i) => ({
    role: "tool",
    tool_call_id: id,
    name,
    content: answers.get(i)?.text ?? "",
  }));
  return [spoken, ...heard];
}

type Called = Exclude<NonNullable<TaskNode["step"]>, { readonly kind: "turn" }>;

async function callParams(
  kit: Kit,
  driven: Driven,
  agent: TaskNode,
  node: TaskNode,
  { kind, tool: place }: Called,
): Promise<StepParams> {
  const { state } = driven;
  const additions = state.additions.get(agent.index) ?? [];
  const begin = additions[0]?.at ?? -1;
  const n = node.element?.n ?? -1;
  const own = additions.findLast(({ first }) => first <= n);
  const [question] = node.dependencies;
  const asked = question === undefined ? undefined : taskAt(state, question).outcomeAt;
  const values = await valuesOf(
    kit,
    driven,
    [begin, own?.at, asked].filter((at) => at !== undefined),
  );
  const { items } = values.get(own?.at ?? -1) ?? {};
  const item = isList(items) ? items[n - (own?.first ?? 0)] : undefined;
  const said = isObject(item) && isObject(item.arguments) ? item.arguments : {};
  const tool = toolAt(agent, place);
  const begun = values.get(begin) ?? {};
  const written = AgentPlan.parse(begun.params ?? {});
  if (kind === "approval") return { params: questionOf(agent, tool.name, said, written.approve) };
  const args = editOf(driven, node, values) ?? said;
  const secrets = secretsOf(begun.secrets, place, tool);
  const params = paramsFor(tool, args, fixedParams(written.tools[place]));
  return { params, ...(secrets.length > 0 && { secrets }) };
}

function questionOf(
  agent: TaskNode,
  tool: string,
  said: JsonObject,
  approve: AgentPlan["approve"],
): JsonObject {
  const people = typeof approve === "object" && "approvers" in approve ? approve : {};
  return { message: `${agent.name} asks to call ${tool} with ${jcs(said)}`, ...peopleIn(people) };
}

const peopleIn = ({
  approvers,
  not_by,
}: {
  readonly approvers?: Json;
  readonly not_by?: Json;
}): JsonObject => ({
  ...(approvers !== undefined && { approvers }),
  ...(not_by !== undefined && { not_by }),
});
