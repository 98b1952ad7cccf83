// Ollama's own API: one JSON object a line, the last one with `done`.
import { isObject, type Json, type JsonObject } from "../../../domain/index.ts";
import type { Ask, Embedded, ListedModel, Message, Piece, Wire } from "./ask.ts";
import { countAt, filled, listAt, objectAt, some, textAt, vectorOf } from "./members.ts";

export const ollama: Wire = {
  framing: "lines",
  headers: (apiKey) => (apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
  cannot: () => undefined,
  chat: (ask) => ({
    method: "POST",
    path: "/api/chat",
    body: { ...asked(ask), messages: ask.messages.map(messageOf), tools: some(ask.tools.map(toolOf)) },
  }),
  complete: (ask) => {
    const system = ask.messages.filter(({ role }) => role === "system");
    const rest = ask.messages.filter(({ role }) => role !== "system");
    return {
      method: "POST",
      path: "/api/generate",
      body: {
        ...asked(ask),
        prompt: rest.map(({ text }) => text).join("\n\n"),
        system: some(system.map(({ text }) => text))?.join("\n\n"),
        images: some(rest.flatMap((message) => message.images.map(({ base64 }) => base64))),
      },
    };
  },
  pieces,
  embed: (model, texts, options) => ({
    method: "POST",
    path: "/api/embed",
    body: { model, input: texts, options: filled(options) },
  }),
  embedded,
  list: { method: "GET", path: "/api/tags" },
  listed,
  listsDigests: true,
};

function asked({ model, format, stop, temperature, topP, maxTokens, seed, options }: Ask) {
  const all = { temperature, top_p: topP, num_predict: maxTokens, seed, stop: some(stop), ...options };
  return { model, stream: true, format, options: filled(all) };
}

const messageOf = ({ role, text, images, calls, answers }: Message) => ({
  role,
  content: text,
  images: some(images.map(({ base64 }) => base64)),
  tool_calls: some(calls.map(({ name, arguments: given }) => ({ function: { name, arguments: given } }))),
  tool_name: answers?.name,
});

const toolOf = (tool: Ask["tools"][number]) => ({ type: "function", function: tool });

function pieces(event: JsonObject): readonly Piece[] {
  const fault = textAt(event, "error");
  if (fault !== undefined) return [{ kind: "fault", type: "", message: fault }];
  const message = objectAt(event, "message");
  const thinking = textAt(message ?? event, "thinking") ?? "";
  const text = textAt(message, "content") ?? textAt(event, "response") ?? "";
  return [
    ...(thinking === "" ? [] : [{ kind: "thinking", text: thinking } as const]),
    ...(text === "" ? [] : [{ kind: "text", text } as const]),
    ...listAt(message, "tool_calls").map((call): Piece => {
      const named = objectAt(call, "function");
      const given = objectAt(named, "arguments") ?? {};
      return { kind: "call", id: textAt(call, "id"), name: textAt(named, "name") ?? "", arguments: given };
    }),
    ...(event.done === true ? ending(event) : []),
  ];
}

function ending(event: JsonObject): readonly Piece[] {
  const nanoseconds = countAt(event, "total_duration");
  const facts = {
    model: textAt(event, "model"),
    finishReason: textAt(event, "done_reason"),
    promptTokens: countAt(event, "prompt_eval_count"),
    completionTokens: countAt(event, "eval_count"),
    durationMs: nanoseconds === undefined ? undefined : nanoseconds / 1e6,
  };
  return [{ kind: "facts", facts }, { kind: "end" }];
}

function embedded(answer: Json): Embedded | undefined {
  const vectors = listAt(answer, "embeddings").map(vectorOf);
  const embeddings = vectors.filter((vector) => vector !== undefined);
  if (embeddings.length === 0 || embeddings.length < vectors.length) return undefined;
  const facts = { model: textAt(answer, "model"), promptTokens: countAt(answer, "prompt_eval_count") };
  return { embeddings, facts };
}

function listed(answer: Json): readonly ListedModel[] | undefined {
  if (!isObject(answer) || !Array.isArray(answer.models)) return undefined;
  return listAt(answer, "models").flatMap((model): readonly ListedModel[] => {
    const name = textAt(model, "name") ?? textAt(model, "model");
    return name === undefined ? [] : [{ name, digest: textAt(model, "digest") }];
  });
}
