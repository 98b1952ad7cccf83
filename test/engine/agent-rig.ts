// An engine with a model that says what it is told to say, turn by turn, and tools of the protocol `test/v1`.
import { z } from "zod";
import type { Json, JsonObject, RunId } from "../../src/domain/index.ts";
import type { Outcome, Provider, Usage } from "../../src/engine/ports/index.ts";
import { type Answer, broken, ok, type RigOptions, rig, scripted, workflow } from "./rig.ts";

type Say = { readonly text?: string; readonly calls?: readonly Json[]; readonly usage?: Usage };

/** `{ id, name, arguments }` as a model asks for it. */
export const asks = (name: string, args: Json = {}, id = `call-${name}`): JsonObject => ({
  id,
  name,
  arguments: args,
});

export const says = ({ text = "", calls = [], usage }: Say): Outcome => ({
  ok: true,
  result: {
    response: text,
    content: text,
    role: "assistant",
    model: "m",
    prompt_tokens: 10,
    completion_tokens: 5,
    tokens_used: 15,
    ...(calls.length > 0 && { tool_calls: calls }),
  },
  ...(usage && { usage }),
});

export type Turn = { readonly task: string; readonly attempt: number; readonly params: JsonObject };

/** Each turn is answered by the number of tools' answers and model's turns before it in the conversation. */
export function model(answer: (turn: number, asked: Turn) => Outcome): Provider & { readonly turns: Turn[] } {
  const turns: Turn[] = [];
  const any = {
    version: 1,
    description: "as told",
    params: z.looseObject({}),
    result: z.any(),
    examples: [],
  };
  return {
    protocol: "llm/v1",
    name: "model",
    turns,
    methods: { chat: any },
    execute: ({ params }, { task, attempt }) => {
      const asked = { task, attempt, params };
      turns.push(asked);
      return Promise.resolve(
        answer(messagesOf(asked).filter(({ role }) => role === "assistant").length, asked),
      );
    },
    close: () => Promise.resolve(),
  };
}

export const messagesOf = ({ params }: Turn): readonly { readonly [key: string]: Json }[] =>
  Array.isArray(params.messages) ? params.messages : [];

/** `test/add` adds, `test/break` fails, anything else says what it was given. */
export const tools = () =>
  scripted(({ params, task }): ReturnType<Answer> => {
    if (params.broken === true) return broken();
    if (typeof params.a === "number" && typeof params.b === "number") return ok(params.a + params.b);
    return ok({ did: task, ...params });
  });

type Given = Partial<RigOptions> & { readonly answer: Parameters<typeof model>[0] };

export function agentRig({ answer, ...options }: Given) {
  const llm = model(answer);
  const tool = tools();
  const { providers = [llm, tool], ...rest } = options;
  return { ...rig({ providers, ...rest }), llm, tool };
}

export const agent = (params: JsonObject, more: JsonObject = {}, document: JsonObject = {}) =>
  workflow([{ id: "A", method: "llm/agent", params: { prompt: "do it", ...params }, ...more }], document);

/** Steps of a run as its log tells them. */
export async function stepsIn({ log }: Pick<ReturnType<typeof agentRig>, "log">, run: RunId) {
  return (await log(run)).flatMap(({ event }) =>
    event.type === "TasksAdded" ? [(event.data.steps ?? []).map(({ kind }) => kind)] : [],
  );
}

/** Of the error that a task failed with. */
export async function codeOf({ log }: Pick<ReturnType<typeof agentRig>, "log">, run: RunId, task: string) {
  const codes = (await log(run)).flatMap(({ event }) =>
    event.type === "TaskFailed" && event.data.final && event.data.task === task
      ? [event.data.error.code]
      : [],
  );
  return codes.at(-1);
}

/** What a tool's answer in a conversation says, where that is JSON. */
export const heardAs = (content: Json | undefined): unknown =>
  JSON.parse(typeof content === "string" ? content : "null");
