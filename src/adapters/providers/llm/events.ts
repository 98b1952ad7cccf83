// The body of an answer as it comes → JSON objects, one for each line or server-sent event; never more at once than may be.
import { createParser } from "eventsource-parser";
import { isObject, type JsonObject, parseJson } from "../../../domain/index.ts";
import type { OutboundResponse } from "../../../engine/ports/index.ts";
import type { Wire } from "./ask.ts";
import { failed } from "./failed.ts";
import type { Server } from "./server-fault.ts";

type Source = { readonly server: Server; readonly mostBytes: number };

/** Text, without cutting characters that lie across two pieces; bytes that are none are garbage. */
async function* textOf(
  { body }: OutboundResponse,
  { server }: Source,
): AsyncGenerator<{ readonly text: string; readonly bytes: number }> {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const piece of body) yield { text: utf8.decode(piece, { stream: true }), bytes: piece.length };
    utf8.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw failed("PROVIDER_ERROR", `what ${server.origin} answers is no text`, {
      retryable: true,
      cause: error,
    });
  }
}

/** All of it, as for errors and short answers. `cut`: what is too long is cut instead of refused. */
export async function wholeText(
  response: OutboundResponse,
  source: Source,
  how: "whole" | "cut" = "whole",
): Promise<string> {
  let all = "";
  let size = 0;
  for await (const { text, bytes } of textOf(response, source)) {
    size += bytes;
    all += text;
    if (size <= source.mostBytes) continue;
    if (how === "cut") break;
    throw tooLarge(source);
  }
  return all;
}

export async function* eventsOf(
  response: OutboundResponse,
  framing: Wire["framing"],
  source: Source,
): AsyncGenerator<JsonObject> {
  const texts = framing === "lines" ? linesOf(response, source) : dataOf(response, source);
  for await (const text of texts) yield objectIn(text, source.server);
}

async function* linesOf(response: OutboundResponse, source: Source): AsyncGenerator<string> {
  let rest = "";
  for await (const { text } of textOf(response, source)) {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > source.mostBytes) throw tooLarge(source);
    for (const line of lines) if (line.trim() !== "") yield line;
  }
  if (rest.trim() !== "" && isWhole(rest)) yield rest;
}

/** A last line without its end is taken where it is one; half of one is as good as none: the answer is not whole. */
function isWhole(line: string): boolean {
  try {
    return isObject(parseJson(line));
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

const DONE = "[DONE]";

async function* dataOf(response: OutboundResponse, source: Source): AsyncGenerator<string> {
  const found: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => found.push(data) });
  let waiting = 0;
  for await (const { text, bytes } of textOf(response, source)) {
    parser.feed(text);
    waiting = found.length > 0 ? 0 : waiting + bytes;
    if (waiting > source.mostBytes) throw tooLarge(source);
    for (const data of found.splice(0)) if (data !== DONE && data !== "") yield data;
  }
}

export function objectIn(text: string, { origin }: Server): JsonObject {
  try {
    const value = parseJson(text);
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const start = text.slice(0, 80).replace(/\s+/g, " ").trim();
  throw failed("PROVIDER_ERROR", `what ${origin} answers is not JSON: ${start}`, { retryable: true });
}

const tooLarge = ({ server, mostBytes }: Source) =>
  failed(
    "TASK_RESULT_INVALID",
    `the answer of ${server.origin} is larger than the limit of ${mostBytes} bytes`,
  );
