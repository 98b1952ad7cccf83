// Params → what is asked, in no protocol yet.
import { GleitzeitError, isObject, type JsonObject, parseJson } from "../../../domain/index.ts";
import type { Ask, Message, Tool, ToolCall } from "./ask.ts";
import { type Attachments, imageIn } from "./attachments.ts";
import type { ChatParams, WrittenCall, WrittenMessage, WrittenTool } from "./params.ts";

/** Of all methods that speak: some have no messages, some no tools. */
export type Spoken = Omit<ChatParams, "messages" | "tools"> & Partial<Pick<ChatParams, "messages" | "tools">>;

export function asked(params: Spoken, model: string, attached: Attachments): Ask {
  const { temperature, top_p, max_tokens, stop = [], seed, tools = [], options } = params;
  return {
    model,
    messages: messagesOf(params, attached),
    temperature,
    topP: top_p,
    maxTokens: max_tokens,
    stop: typeof stop === "string" ? [stop] : stop,
    seed,
    format: formatOf(params.response_format),
    tools: tools.map(toolOf),
    options,
  };
}

function messagesOf(params: Spoken, attached: Attachments): readonly Message[] {
  const written = (params.messages ?? []).map((message, i, all) => messageOf(message, i, all));
  const plain = params.prompt === undefined ? written : [said("user", params.prompt)];
  const spoken = params.system === undefined ? plain : [said("system", params.system), ...plain];
  const last = spoken.findLastIndex(({ role }) => role === "user");
  if (attached.texts.length + attached.images.length === 0) return spoken;
  if (last < 0) return [...spoken, withAttached(said("user", ""), attached)];
  return spoken.map((message, i) => (i === last ? withAttached(message, attached) : message));
}

const said = (role: Message["role"], text: string): Message => ({ role, text, images: [], calls: [] });

const withAttached = (message: Message, { texts, images }: Attachments): Message => ({
  ...message,
  text: [message.text, ...texts.map(({ path, text }) => `File content from ${path}:\n${text}`)]
    .filter((part) => part !== "")
    .join("\n\n"),
  images: [...message.images, ...images],
});

function messageOf(message: WrittenMessage, index: number, all: readonly WrittenMessage[]): Message {
  const { role, content, images, tool_calls, tool_call_id, name } = message;
  const at = `params.messages[${index}]`;
  const parts = typeof content === "string" ? [] : content;
  const pictures = parts.flatMap((part, i) =>
    part.type === "image_url" ? [imageIn(part.image_url.url, `${at}.content[${i}]`)] : [],
  );
  const answered =
    role === "tool" ? { id: tool_call_id ?? "", name: name ?? calledName(all, tool_call_id) } : undefined;
  return {
    role,
    text:
      typeof content === "string"
        ? content
        : parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n"),
    images: [...pictures, ...images.map((text, i) => imageIn(text, `${at}.images[${i}]`))],
    calls: tool_calls.map((call, i) => callOf(call, `${at}.tool_calls[${i}]`)),
    ...(answered && { answers: answered }),
  };
}

/** The tool whose call has that id, in what was said before. */
function calledName(all: readonly WrittenMessage[], id: string | undefined): string {
  const call = all.flatMap(({ tool_calls }) => tool_calls).find((one) => one.id === id);
  return call === undefined ? "" : "name" in call ? call.name : call.function.name;
}

function callOf(written: WrittenCall, place: string): ToolCall {
  const { id = "" } = written;
  if ("name" in written) return { id, name: written.name, arguments: written.arguments };
  const { name, arguments: given } = written.function;
  return { id, name, arguments: typeof given === "string" ? objectIn(given, place) : given };
}

function objectIn(text: string, place: string): JsonObject {
  try {
    const value = parseJson(text);
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new GleitzeitError(
    "INVALID_PARAMS",
    `${place}.function.arguments: expected a JSON object, or one as text`,
  );
}

const toolOf = (tool: WrittenTool): Tool => {
  const { name, description, parameters } = "function" in tool ? tool.function : tool;
  const isEmpty = Object.keys(parameters).length === 0;
  return { name, description, parameters: isEmpty ? { type: "object", properties: {} } : parameters };
};

/** Also as OpenAI's API has it: `{type: json_schema, json_schema: {schema}}`, `{type: json_object}`. */
function formatOf(written: ChatParams["response_format"]): Ask["format"] {
  if (written === undefined || written === "json") return written;
  if (written.type === "json_object") return "json";
  const { json_schema: named } = written;
  const schema = written.type === "json_schema" && isObject(named) ? named.schema : undefined;
  return isObject(schema) ? schema : written;
}
