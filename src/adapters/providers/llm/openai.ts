// OpenAI's API, and the many servers that speak it: chat completions as server-sent events.
import { isObject, type Json, type JsonObject } from "../../../domain/index.ts";
import type { Ask, Embedded, Facts, Image, ListedModel, Message, Piece, Wire } from "./ask.ts";
import { countAt, listAt, objectAt, some, textAt, vectorOf } from "./members.ts";

/** `limit`: what the most tokens of an answer are called; OpenAI has renamed it, many others have not. */
export const openai = (limit: "max_tokens" | "max_completion_tokens"): Wire => ({
  framing: "events",
  headers: (apiKey) => (apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  cannot: () => undefined,
  chat: (ask) => chat(ask, limit),
  complete: (ask) => chat(ask, limit),
  pieces,
  embed: (model, texts, options) => ({
    method: "POST",
    path: "/embeddings",
    body: { ...options, model, input: texts, encoding_format: "float" },
  }),
  embedded,
  list: { method: "GET", path: "/models" },
  listed,
  listsDigests: false,
});

function chat(ask: Ask, limit: string): ReturnType<Wire["chat"]> {
  const { model, messages, temperature, topP, maxTokens, stop, seed, tools, options } = ask;
  return {
    method: "POST",
    path: "/chat/completions",
    body: {
      ...options,
      model,
      messages: messages.map(messageOf),
      temperature,
      top_p: topP,
      [limit]: maxTokens,
      stop: some(stop),
      seed,
      response_format: formatOf(ask.format),
      tools: some(tools.map((tool) => ({ type: "function", function: tool }))),
      stream: true,
      stream_options: { include_usage: true },
    },
  };
}

const formatOf = (format: Ask["format"]) =>
  format === undefined
    ? undefined
    : format === "json"
      ? { type: "json_object" }
      : { type: "json_schema", json_schema: { name: "answer", schema: format } };

const pictureOf = ({ mime, base64 }: Image) => ({
  type: "image_url",
  image_url: { url: `data:${mime};base64,${base64}` },
});

const messageOf = ({ role, text, images, calls, answers }: Message) => ({
  role,
  content: images.length === 0 ? text : [{ type: "text", text }, ...images.map(pictureOf)],
  tool_calls: some(
    calls.map(({ id, name, arguments: given }) => ({
      id,
      type: "function",
      function: { name, arguments: JSON.stringify(given) },
    })),
  ),
  tool_call_id: answers?.id,
});

function pieces(event: JsonObject): readonly Piece[] {
  const fault = objectAt(event, "error") ?? textAt(event, "error");
  if (fault !== undefined) return [faultIn(fault)];
  const choice = listAt(event, "choices")[0];
  const said = objectAt(choice, "delta") ?? objectAt(choice, "message");
  const thinking = textAt(said, "reasoning_content") ?? textAt(said, "reasoning") ?? "";
  const text = textAt(said, "content") ?? textAt(said, "refusal") ?? "";
  const finishReason = textAt(choice, "finish_reason");
  const usage = objectAt(event, "usage");
  const facts: Facts = {
    model: textAt(event, "model"),
    digest: textAt(event, "system_fingerprint"),
    finishReason,
    promptTokens: countAt(usage, "prompt_tokens"),
    completionTokens: countAt(usage, "completion_tokens"),
  };
  return [
    ...(thinking === "" ? [] : [{ kind: "thinking", text: thinking } as const]),
    ...(text === "" ? [] : [{ kind: "text", text } as const]),
    ...listAt(said, "tool_calls").map((call, i): Piece => {
      const named = objectAt(call, "function");
      return {
        kind: "call-part",
        index: countAt(call, "index") ?? i,
        id: textAt(call, "id"),
        name: textAt(named, "name"),
        argumentsText: textAt(named, "arguments") ?? "",
      };
    }),
    { kind: "facts", facts },
    ...(finishReason === undefined ? [] : [{ kind: "end" } as const]),
  ];
}

function faultIn(fault: JsonObject | string): Piece {
  if (typeof fault === "string") return { kind: "fault", type: "", message: fault };
  const type = `${textAt(fault, "code") ?? ""} ${textAt(fault, "type") ?? ""}`.trim();
  return { kind: "fault", type, message: textAt(fault, "message") ?? "" };
}

function embedded(answer: Json): Embedded | undefined {
  const data = listAt(answer, "data").map((one, i) => ({
    index: countAt(one, "index") ?? i,
    vector: vectorOf(isObject(one) ? one.embedding : undefined),
  }));
  const sorted = data.toSorted((a, b) => a.index - b.index).map(({ vector }) => vector);
  const embeddings = sorted.filter((vector) => vector !== undefined);
  if (embeddings.length === 0 || embeddings.length < sorted.length) return undefined;
  const promptTokens = countAt(objectAt(answer, "usage"), "prompt_tokens");
  return { embeddings, facts: { model: textAt(answer, "model"), promptTokens } };
}

function listed(answer: Json): readonly ListedModel[] | undefined {
  if (!isObject(answer) || !Array.isArray(answer.data)) return undefined;
  return listAt(answer, "data")
    .flatMap((model) => textAt(model, "id") ?? [])
    .map((name) => ({ name }));
}
