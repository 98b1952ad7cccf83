// Anthropic's API, from its side.
import { COUNTS, CREATED, event, lastSaid, type Protocol, turnOf } from "./protocol.ts";

const message = (model: string, more: object): object => ({
  id: "msg_1",
  type: "message",
  role: "assistant",
  model,
  stop_sequence: null,
  ...more,
});
const ends = (reason: string): string =>
  ({ stop: "end_turn", length: "max_tokens", tool_calls: "tool_use" })[reason] ?? reason;

export const anthropicProtocol: Protocol = {
  type: "anthropic",
  contentType: "text/event-stream; charset=utf-8",
  start: (model) =>
    event("message_start", {
      message: message(model, {
        content: [],
        stop_reason: null,
        usage: { input_tokens: COUNTS.prompt, output_tokens: 1 },
      }),
    }) +
    event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }) +
    event("ping", {}),
  text: (text) => event("content_block_delta", { index: 0, delta: { type: "text_delta", text } }),
  call: (name, args, heard, nth = 0) => {
    const text = JSON.stringify(args);
    const index = nth + 1;
    const delta = (partial_json: string) =>
      event("content_block_delta", { index, delta: { type: "input_json_delta", partial_json } });
    return (
      event("content_block_stop", { index: nth }) +
      event("content_block_start", {
        index,
        content_block: { type: "tool_use", id: `toolu_${turnOf(heard)}_${nth}`, name, input: {} },
      }) +
      delta(text.slice(0, 3)) +
      delta(text.slice(3))
    );
  },
  end: (_, reason = "stop") =>
    event("content_block_stop", { index: 0 }) +
    event("message_delta", {
      delta: { stop_reason: ends(reason), stop_sequence: null },
      usage: { output_tokens: COUNTS.completion },
    }) +
    event("message_stop", {}),
  error: (type, text) => event("error", { error: { type, message: text } }),
  whole: (text, { model }) =>
    JSON.stringify(
      message(model, {
        content: [{ type: "text", text }],
        stop_reason: "end_turn",
        usage: { input_tokens: COUNTS.prompt, output_tokens: COUNTS.completion },
      }),
    ),
  errorBody: (type, text) =>
    JSON.stringify({ type: "error", error: { type, message: text }, request_id: "req_1" }),
  models: (names) =>
    JSON.stringify({
      data: names.map((id) => ({ id, type: "model", display_name: id, created_at: CREATED })),
      has_more: false,
      first_id: names[0] ?? null,
      last_id: names.at(-1) ?? null,
    }),
  embeddings: undefined,
  said: lastSaid,
};
