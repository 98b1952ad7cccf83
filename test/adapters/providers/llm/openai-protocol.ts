// An API like OpenAI's, from its side.
import { COUNTS, data, lastSaid, type Protocol, turnOf } from "./protocol.ts";

const SECONDS = 1_764_072_000;
const chunk = (model: string, more: object): string =>
  data({ id: "chatcmpl-1", object: "chat.completion.chunk", created: SECONDS, model, ...more });
const choice = (model: string, delta: object, finish_reason: string | null = null): string =>
  chunk(model, { choices: [{ index: 0, delta, logprobs: null, finish_reason }] });
const usage = {
  prompt_tokens: COUNTS.prompt,
  completion_tokens: COUNTS.completion,
  total_tokens: COUNTS.prompt + COUNTS.completion,
};

export const openaiProtocol: Protocol = {
  type: "openai",
  contentType: "text/event-stream; charset=utf-8",
  start: (model) => choice(model, { role: "assistant", content: "" }),
  text: (text, { model }) => choice(model, { content: text }),
  call: (name, args, heard, index = 0) => {
    const { model } = heard;
    const text = JSON.stringify(args);
    const call = (fields: object) => choice(model, { tool_calls: [{ index, ...fields }] });
    return (
      call({
        id: `call_${turnOf(heard)}_${index}`,
        type: "function",
        function: { name, arguments: text.slice(0, 3) },
      }) + call({ function: { arguments: text.slice(3) } })
    );
  },
  end: ({ model }, reason = "stop") =>
    `${choice(model, {}, reason)}${chunk(model, { system_fingerprint: "fp_1", choices: [], usage })}data: [DONE]\n\n`,
  error: (type, message) => data({ error: { type, message, param: null, code: null } }),
  whole: (text, { model }) =>
    JSON.stringify({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: SECONDS,
      model,
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: text, refusal: null },
          logprobs: null,
          finish_reason: "stop",
        },
      ],
      usage,
    }),
  errorBody: (type, message) => JSON.stringify({ error: { message, type, param: null, code: type } }),
  models: (names) =>
    JSON.stringify({
      object: "list",
      data: names.map((id) => ({ id, object: "model", created: SECONDS, owned_by: "harbour" })),
    }),
  embeddings: (vectors, { model }) =>
    JSON.stringify({
      object: "list",
      model,
      // In whatever order: each says which it is.
      data: vectors.map((embedding, index) => ({ object: "embedding", index, embedding })).toReversed(),
      usage: { prompt_tokens: COUNTS.prompt, total_tokens: COUNTS.prompt },
    }),
  said: lastSaid,
};
