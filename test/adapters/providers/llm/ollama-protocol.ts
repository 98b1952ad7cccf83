// Ollama, from its side.
import { COUNTS, CREATED, lastSaid, line, type Protocol, textMember } from "./protocol.ts";

export const ollamaProtocol: Protocol = {
  type: "ollama",
  contentType: "application/x-ndjson",
  start: () => "",
  text: (text, { path, model }) =>
    line(
      path === "/api/generate"
        ? { model, created_at: CREATED, response: text, done: false }
        : { model, created_at: CREATED, message: { role: "assistant", content: text }, done: false },
    ),
  call: (name, args, { model }) =>
    line({
      model,
      created_at: CREATED,
      message: { role: "assistant", content: "", tool_calls: [{ function: { name, arguments: args } }] },
      done: false,
    }),
  end: ({ path, model }, reason = "stop") =>
    line({
      model,
      created_at: CREATED,
      ...(path === "/api/generate" ? { response: "" } : { message: { role: "assistant", content: "" } }),
      done: true,
      done_reason: reason,
      total_duration: 1_500_000_000,
      prompt_eval_count: COUNTS.prompt,
      eval_count: COUNTS.completion,
    }),
  error: (_, message) => line({ error: message }),
  whole: (text, { model }) =>
    line({
      model,
      created_at: CREATED,
      message: { role: "assistant", content: text },
      done: true,
      done_reason: "stop",
    }),
  errorBody: (_, message) => JSON.stringify({ error: message }),
  models: (names) =>
    JSON.stringify({
      models: names.map((name) => ({
        name: `${name}:latest`,
        model: `${name}:latest`,
        modified_at: CREATED,
        size: 4711,
        digest: `digest-of-${name}`,
      })),
    }),
  embeddings: (embeddings, { model }) =>
    JSON.stringify({ model, embeddings, prompt_eval_count: COUNTS.prompt }),
  said: (body) => lastSaid(body) || textMember(body, "prompt"),
};
