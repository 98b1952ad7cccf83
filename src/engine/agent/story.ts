// What an agent has said and heard so far, read from the log.
import {
  type Addition,
  type AgentCalled,
  type ErrorInfo,
  errorInfo,
  errorOf,
  isList,
  isObject,
  type Json,
  type JsonObject,
  jcs,
  nodeAt,
  type Revision,
  type TaskNode,
  taskAt,
  toolAt,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import type { Values } from "../log/encode.ts";
import { changedParams } from "../resolving/settings.ts";
import { valuesOf } from "../resolving/values.ts";
import { type Requested, requestsIn } from "./requests.ts";

/** What came of one call: told to the model, and listed in the result. */
export type Answer = { readonly text: string; readonly called: AgentCalled; readonly error?: ErrorInfo };

export type Exchange = {
  readonly turn: TaskNode;
  readonly said: JsonObject;
  readonly requests: readonly Requested[];
  /** By the place of the request. */
  readonly answers: Map<number, Answer>;
};

export type Story = {
  /** Of the agent, as they were when it began, with what a resume has changed. */
  readonly params: JsonObject;
  readonly tools: readonly Json[];
  readonly exchanges: readonly Exchange[];
};

/** Up to the element `before`, with what was refused on the way to it. */
export async function storyOf(
  kit: Kit,
  driven: Driven,
  agent: TaskNode,
  before = Number.POSITIVE_INFINITY,
): Promise<Story> {
  const all = driven.state.additions.get(agent.index) ?? [];
  const additions = all.filter(({ first }) => first < before);
  const own = all.filter(({ first }) => first === before);
  const begun = all[0]?.at ?? -1;
  const places = [...placesOf(driven, additions), ...own.map(({ at }) => at)];
  const values = await valuesOf(kit, driven, [begun, ...places]);
  const exchanges: Exchange[] = [];
  for (const addition of additions) tell(driven, addition, values, exchanges);
  for (const addition of own) tellAllRefused(addition, values, exchanges);
  const { params, tools } = values.get(begun) ?? {};
  return {
    params: await changedParams(kit, driven, agent, isObject(params) ? params : {}),
    tools: isList(tools) ? tools : [],
    exchanges,
  };
}

const placesOf = ({ state }: Driven, additions: readonly Addition[]): readonly Revision[] =>
  additions.flatMap(({ at, base, count }) => [
    at,
    ...Array.from({ length: count }, (_, i) => taskAt(state, base + i).outcomeAt).filter(
      (revision) => revision !== undefined,
    ),
  ]);

type Told = ReadonlyMap<Revision, Values>;

function tellAllRefused({ at }: Addition, values: Told, exchanges: readonly Exchange[]): void {
  const { refused } = values.get(at) ?? {};
  const last = exchanges.at(-1);
  for (const one of isList(refused) ? refused : []) {
    if (isObject(one) && last) tellRefused(last, one);
  }
}

function tell(driven: Driven, addition: Addition, values: Told, exchanges: Exchange[]): void {
  tellAllRefused(addition, values, exchanges);
  const { items } = values.get(addition.at) ?? {};
  const last = exchanges.at(-1);
  for (let i = 0; i < addition.count; i += 1) {
    const node = nodeAt(driven.state, addition.base + i);
    const item = isList(items) ? items[i] : undefined;
    if (node.step?.kind === "turn") {
      const { result } = valuesAt(driven, node.index, values);
      const said = isObject(result) ? result : {};
      exchanges.push({ turn: node, said, requests: requestsIn(said), answers: new Map() });
    } else if (node.step?.kind === "call" && isObject(item) && typeof item.call === "number") {
      last?.answers.set(item.call, answerOf(driven, node, node.step.tool, values));
    }
  }
}

const valuesAt = ({ state }: Driven, index: number, values: Told): Values =>
  values.get(taskAt(state, index).outcomeAt ?? -1) ?? {};

function tellRefused({ answers, requests }: Exchange, { call, code, message }: JsonObject): void {
  if (typeof call !== "number" || typeof code !== "string") return;
  const tool = requests[call]?.name ?? "";
  answers.set(call, {
    text: errorText({ code, message: message ?? "" }),
    called: { tool, status: "refused", code },
  });
}

/** A failure is told as it is: what to make of it is for the model to say. */
function answerOf(driven: Driven, node: TaskNode, place: number, values: Told): Answer {
  const { state } = driven;
  const tool = toolAt(nodeAt(state, node.element?.of ?? -1), place).name;
  const { status } = taskAt(state, node.index);
  if (status === "succeeded") {
    const { result = null } = valuesAt(driven, node.index, values);
    const edit = editOf(driven, node, values);
    const changed = edit === undefined ? "" : `A person changed the arguments to ${jcs(edit)}.\n`;
    const text = typeof result === "string" ? result : jcs(result);
    return { text: `${changed}${text}`, called: { tool, task: node.id, status } };
  }
  const isRejected = status === "skipped";
  const failed = isRejected ? node.index - 1 : node.index;
  const control = taskAt(state, failed).error ?? { code: "TASK_CANCELLED", retryable: false };
  const said = valuesAt(driven, failed, values).error;
  const error =
    said === undefined ? errorInfo(control.code, "the call was not made") : errorOf(control, said);
  const { code, message } = error;
  const called = { tool, task: node.id, status: isRejected ? "rejected" : "failed", code } as const;
  return { text: errorText({ code, message }), called, error };
}

/** What the person who approved the call has made of its arguments; anything but a map leaves them as they are. */
export function editOf(driven: Driven, node: TaskNode, values: Told): JsonObject | undefined {
  const [question] = node.dependencies;
  const { result } = question === undefined ? {} : valuesAt(driven, question, values);
  return isObject(result) && isObject(result.edit) ? result.edit : undefined;
}

const errorText = (error: JsonObject): string => JSON.stringify({ error });
