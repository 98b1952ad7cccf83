// Anthropic's API: messages as server-sent events, each block of an answer by its number.
import { isObject, type Json, type JsonObject } from "../../../domain/index.ts";
import {
  ANSWER_TOOL,
  type Ask,
  type Facts,
  type ListedModel,
  type Message,
  type Piece,
  type Wire,
} from "./ask.ts";
import { countAt, listAt, objectAt, some, textAt } from "./members.ts";

const VERSION = "2023-06-01";
/** The API wants a limit; this one is taken where the params say none. */
const MOST_TOKENS = 4096;
const PICTURES = ["image/jpeg", "image/png", "image/gif", "image/webp"];

export const anthropic: Wire = {
  framing: "events",
  headers: (apiKey) => ({
    "anthropic-version": VERSION,
    ...(apiKey !== undefined && { "x-api-key": apiKey }),
  }),
  cannot: ({ messages, seed, format, tools }) => {
    if (seed !== undefined) return { param: "seed", why: "this API takes no seed" };
    if (format !== undefined && tools.length > 0)
      return { param: "response_format", why: "this API takes either tools or a format of the answer" };
    const other = messages.flatMap(({ images }) => images).find(({ mime }) => !PICTURES.includes(mime));
    return other && { param: "images", why: `this API takes no ${other.mime}` };
  },
  chat,
  complete: chat,
  pieces,
  embedded: () => undefined,
  list: { method: "GET", path: "/v1/models?limit=1000" },
  listed,
  listsDigests: false,
};

function chat(ask: Ask): ReturnType<Wire["chat"]> {
  const { model, messages, temperature, topP, maxTokens, stop, tools, format, options } = ask;
  const asTool = isObject(format) && format.type === "object" ? format : undefined;
  const system = messages.filter(({ role }) => role === "system").map(({ text }) => text);
  const wanted = format === undefined || asTool ? [] : [asText(format)];
  const all = asTool
    ? [{ name: ANSWER_TOOL, description: "Gives the answer.", input_schema: asTool }]
    : tools.map(({ name, description, parameters }) => ({ name, description, input_schema: parameters }));
  return {
    method: "POST",
    path: "/v1/messages",
    body: {
      ...options,
      model,
      max_tokens: maxTokens ?? MOST_TOKENS,
      system: some([...system, ...wanted])?.join("\n\n"),
      messages: joined(messages.filter(({ role }) => role !== "system")),
      temperature,
      top_p: topP,
      stop_sequences: some(stop),
      tools: some(all),
      tool_choice: asTool && { type: "tool", name: ANSWER_TOOL },
      stream: true,
    },
  };
}

const asText = (format: "json" | JsonObject): string =>
  `Answer with JSON and nothing else${format === "json" ? "" : `, valid against this JSON Schema: ${JSON.stringify(format)}`}.`;

type Block = { readonly type: string; readonly [key: string]: unknown };

/** What one side says in a row is one message; what a tool gave comes from the user's side. */
function joined(messages: readonly Message[]): readonly object[] {
  const turns: { readonly role: string; readonly content: Block[] }[] = [];
  for (const message of messages) {
    const role = message.role === "assistant" ? "assistant" : "user";
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...blocksOf(message));
    else turns.push({ role, content: [...blocksOf(message)] });
  }
  return turns;
}

function blocksOf({ text, images, calls, answers }: Message): readonly Block[] {
  if (answers) return [{ type: "tool_result", tool_use_id: answers.id, content: text }];
  return [
    ...images.map(({ mime, base64 }) => ({
      type: "image",
      source: { type: "base64", media_type: mime, data: base64 },
    })),
    ...(text === "" ? [] : [{ type: "text", text }]),
    ...calls.map(({ id, name, arguments: input }) => ({ type: "tool_use", id, name, input })),
  ];
}

function pieces(event: JsonObject): readonly Piece[] {
  switch (textAt(event, "type") ?? "") {
    case "message_start":
      return [factsOf(objectAt(event, "message"))];
    case "content_block_start":
      return blockPieces(objectAt(event, "content_block"), countAt(event, "index") ?? 0, "start");
    case "content_block_delta":
      return blockPieces(objectAt(event, "delta"), countAt(event, "index") ?? 0, "start");
    case "message_delta":
      return [factsOf({ ...objectAt(event, "delta"), usage: objectAt(event, "usage") ?? {} })];
    case "message_stop":
      return [{ kind: "end" }];
    case "error": {
      const error = objectAt(event, "error");
      return [{ kind: "fault", type: textAt(error, "type") ?? "", message: textAt(error, "message") ?? "" }];
    }
    case "message": {
      const blocks = listAt(event, "content");
      return [
        ...blocks.flatMap((block, i) => blockPieces(isObject(block) ? block : undefined, i, "whole")),
        factsOf(event),
        { kind: "end" },
      ];
    }
    default:
      return [];
  }
}

/** A block that starts has its text and input still to come. */
function blockPieces(block: JsonObject | undefined, index: number, how: "start" | "whole"): readonly Piece[] {
  switch (textAt(block, "type") ?? "") {
    case "text":
    case "text_delta":
      return textAt(block, "text") ? [{ kind: "text", text: textAt(block, "text") ?? "" }] : [];
    case "thinking":
    case "thinking_delta":
      return textAt(block, "thinking") ? [{ kind: "thinking", text: textAt(block, "thinking") ?? "" }] : [];
    case "tool_use": {
      const argumentsText = how === "whole" ? JSON.stringify(objectAt(block, "input") ?? {}) : "";
      return [
        { kind: "call-part", index, id: textAt(block, "id"), name: textAt(block, "name"), argumentsText },
      ];
    }
    case "input_json_delta":
      return [{ kind: "call-part", index, argumentsText: textAt(block, "partial_json") ?? "" }];
    default:
      return [];
  }
}

function factsOf(message: JsonObject | undefined): Piece {
  const usage = objectAt(message, "usage");
  const read = ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"].flatMap(
    (key) => countAt(usage, key) ?? [],
  );
  const facts: Facts = {
    model: textAt(message, "model"),
    finishReason: textAt(message, "stop_reason"),
    promptTokens: read.length === 0 ? undefined : read.reduce((sum, count) => sum + count, 0),
    completionTokens: countAt(usage, "output_tokens"),
  };
  return { kind: "facts", facts };
}

function listed(answer: Json): readonly ListedModel[] | undefined {
  if (!isObject(answer) || !Array.isArray(answer.data)) return undefined;
  return listAt(answer, "data")
    .flatMap((model) => textAt(model, "id") ?? [])
    .map((name) => ({ name }));
}
