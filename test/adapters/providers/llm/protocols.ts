// How each protocol looks from the server's side: what is asked, and the frames of an answer.
import { isList, isObject, type Json, type JsonObject } from "../../../../src/domain/index.ts";

export type Heard = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: JsonObject;
  readonly model: string;
  /** What the user said last. */
  readonly text: string;
};

export type Protocol = {
  readonly type: "ollama" | "openai" | "anthropic";
  readonly contentType: string;
  readonly start: (model: string) => string;
  readonly text: (text: string, heard: Heard) => string;
  readonly call: (name: string, args: object, heard: Heard) => string;
  readonly end: (heard: Heard, reason?: string) => string;
  readonly error: (type: string, message: string) => string;
  /** The same answer in one piece. */
  readonly whole: (text: string, heard: Heard) => string;
  readonly errorBody: (type: string, message: string) => string;
  readonly models: (names: readonly string[]) => string;
  readonly embeddings: ((vectors: readonly (readonly number[])[], heard: Heard) => string) | undefined;
  readonly said: (body: JsonObject) => string;
};

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;
const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const event = (type: string, value: object): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...value })}\n\n`;

export const textMember = (value: Json | undefined, key: string): string => {
  const member = isObject(value) ? value[key] : undefined;
  return typeof member === "string" ? member : "";
};

/** Of the last message of the user, whatever its content is made of. */
function lastSaid(body: JsonObject): string {
  const messages = isList(body.messages) ? body.messages : [];
  const last = messages.findLast((one) => textMember(one, "role") === "user");
  const content = isObject(last) ? last.content : "";
  if (typeof content === "string") return content;
  return isList(content) ? content.map((part) => textMember(part, "text")).join("") : "";
}

const COUNTS = { prompt: 7, completion: 5 };

export const ollamaProtocol: Protocol = {
  type: "ollama",
  contentType: "application/x-ndjson",
  start: () => "",
  text: (text, { path, model }) =>
    line(
      path === "/api/generate"
        ? { model, response: text, done: false }
        : { model, message: { role: "assistant", content: text }, done: false },
    ),
  call: (name, args, { model }) =>
    line({
      model,
      message: { role: "assistant", content: "", tool_calls: [{ function: { name, arguments: args } }] },
      done: false,
    }),
  end: ({ model }, reason = "stop") =>
    line({
      model,
      message: { role: "assistant", content: "" },
      done: true,
      done_reason: reason,
      total_duration: 1_500_000_000,
      prompt_eval_count: COUNTS.prompt,
      eval_count: COUNTS.completion,
    }),
  error: (_, message) => line({ error: message }),
  whole: (text, { model }) =>
    line({ model, message: { role: "assistant", content: text }, done: true, done_reason: "stop" }),
  errorBody: (_, message) => JSON.stringify({ error: message }),
  models: (names) =>
    JSON.stringify({
      models: names.map((name) => ({ name: `${name}:latest`, digest: `digest-of-${name}` })),
    }),
  embeddings: (embeddings, { model }) =>
    JSON.stringify({ model, embeddings, prompt_eval_count: COUNTS.prompt }),
  said: (body) => lastSaid(body) || textMember(body, "prompt"),
};

export const openaiProtocol: Protocol = {
  type: "openai",
  contentType: "text/event-stream; charset=utf-8",
  start: (model) => data({ model, choices: [{ index: 0, delta: { role: "assistant", content: "" } }] }),
  text: (text, { model }) => data({ model, choices: [{ index: 0, delta: { content: text } }] }),
  call: (name, args, { model }) => {
    const text = JSON.stringify(args);
    const call = (fields: object) =>
      data({ model, choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...fields }] } }] });
    return (
      call({ id: "call_7", type: "function", function: { name, arguments: text.slice(0, 3) } }) +
      call({ function: { arguments: text.slice(3) } })
    );
  },
  end: ({ model }, reason = "stop") =>
    data({ model, choices: [{ index: 0, delta: {}, finish_reason: reason }] }) +
    data({
      model,
      system_fingerprint: "fp_1",
      choices: [],
      usage: { prompt_tokens: COUNTS.prompt, completion_tokens: COUNTS.completion },
    }) +
    "data: [DONE]\n\n",
  error: (type, message) => data({ error: { type, message } }),
  whole: (text, { model }) =>
    JSON.stringify({
      model,
      choices: [{ message: { role: "assistant", content: text }, finish_reason: "stop" }],
      usage: { prompt_tokens: COUNTS.prompt, completion_tokens: COUNTS.completion },
    }),
  errorBody: (type, message) => JSON.stringify({ error: { message, type, code: type } }),
  models: (names) => JSON.stringify({ object: "list", data: names.map((id) => ({ id, object: "model" })) }),
  embeddings: (vectors, { model }) =>
    JSON.stringify({
      model,
      // In whatever order: each says which it is.
      data: vectors.map((embedding, index) => ({ index, embedding })).toReversed(),
      usage: { prompt_tokens: COUNTS.prompt },
    }),
  said: lastSaid,
};

export const anthropicProtocol: Protocol = {
  type: "anthropic",
  contentType: "text/event-stream; charset=utf-8",
  start: (model) =>
    event("message_start", {
      message: { type: "message", role: "assistant", model, usage: { input_tokens: COUNTS.prompt } },
    }) +
    event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }) +
    event("ping", {}),
  text: (text) => event("content_block_delta", { index: 0, delta: { type: "text_delta", text } }),
  call: (name, args) => {
    const text = JSON.stringify(args);
    const delta = (partial_json: string) =>
      event("content_block_delta", { index: 1, delta: { type: "input_json_delta", partial_json } });
    return (
      event("content_block_start", {
        index: 1,
        content_block: { type: "tool_use", id: "call_7", name, input: {} },
      }) +
      delta(text.slice(0, 3)) +
      delta(text.slice(3))
    );
  },
  end: (_, reason = "end_turn") =>
    event("content_block_stop", { index: 0 }) +
    event("message_delta", { delta: { stop_reason: reason }, usage: { output_tokens: COUNTS.completion } }) +
    event("message_stop", {}),
  error: (type, message) => event("error", { error: { type, message } }),
  whole: (text, { model }) =>
    JSON.stringify({
      type: "message",
      model,
      content: [{ type: "text", text }],
      stop_reason: "end_turn",
      usage: { input_tokens: COUNTS.prompt, output_tokens: COUNTS.completion },
    }),
  errorBody: (type, message) => JSON.stringify({ type: "error", error: { type, message } }),
  models: (names) => JSON.stringify({ data: names.map((id) => ({ id, type: "model" })) }),
  embeddings: undefined,
  said: lastSaid,
};
