// What came over HTTP, read to its end: one message, or one a line.
import { errorInfo, GleitzeitError } from "../../../domain/index.ts";
import { lineReader, type OutboundResponse, retryAfterMs, statusFault } from "../../../engine/ports/index.ts";
import { type Heard, heard } from "./message.ts";
import { failed, type Reply, replyIn } from "./reply.ts";
import type { Question } from "./session.ts";

const EVIDENCE_CHARACTERS = 64 * 1024;

export type Asked = {
  readonly id: string;
  readonly who: string;
  readonly mostBytes: number;
  readonly now: () => number;
  readonly onTold: Question["onTold"];
};

export async function replyOf(response: OutboundResponse, asked: Asked): Promise<Reply> {
  const { who } = asked;
  const texts = await told(response, asked);
  const last = heard(texts.at(-1) ?? "");
  const reply = answerTo(last, asked);
  const { status, headers } = response;
  const isFine = status >= 200 && status <= 299;
  // A refusal may come with a status of its own; what the status alone says is less.
  if (reply && (isFine || !reply.ok)) return reply;
  const text = texts.join("\n");
  const evidence = { http: { status, body: text.slice(0, EVIDENCE_CHARACTERS) } };
  if (isFine) {
    const what =
      text.trim() === "" ? `with nothing (status ${status})` : `with no JSON-RPC message: ${line(text)}`;
    return { ...failed("PROVIDER_ERROR", `${who} answered ${what}`), evidence };
  }
  const { code, retryable } = statusFault(status);
  const patience = retryable ? retryAfterMs(headers, asked.now()) : undefined;
  return {
    ok: false,
    error: errorInfo(code, `${who} answered ${status}: ${line(text)}`, { retryable }),
    evidence,
    ...(patience !== undefined && { retryAfterMs: patience }),
  };
}

/** Line by line where it says so; what is said of the call is passed on at once. */
async function told({ headers, body }: OutboundResponse, asked: Asked): Promise<readonly string[]> {
  const { mostBytes, who, onTold } = asked;
  const isLines = /^application\/(?:x-ndjson|jsonl|jsonlines)\b/i.test(String(headers["content-type"] ?? ""));
  const pieces: Uint8Array[] = [];
  const lines: string[] = [];
  let size = 0;
  let isAnswered = false;
  const tooMuch = (): never => {
    throw new GleitzeitError("TASK_RESULT_INVALID", `${who} answered with more than ${mostBytes} bytes`);
  };
  const read = lineReader(
    mostBytes,
    (text) => {
      const said = heard(text);
      if (said.kind === "told") onTold?.(said.method, said.params);
      else if (text.trim() !== "" && !isAnswered) lines.push(text);
      isAnswered ||= said.kind !== "told" && said.kind !== "noise";
    },
    tooMuch,
  );
  for await (const piece of body) {
    size += piece.length;
    if (size > mostBytes) tooMuch();
    if (!isLines) pieces.push(piece);
    else read(piece);
    if (isAnswered) break;
  }
  if (!isLines) return [Buffer.concat(pieces).toString("utf8")];
  if (!isAnswered) read(NEWLINE);
  return lines;
}

const NEWLINE = new Uint8Array([10]);

function answerTo(said: Heard, { id, who }: Asked): Reply | undefined {
  const reply = replyIn(said, who);
  if (!reply || said.kind === "noise" || said.kind === "told") return undefined;
  if (said.id === id || (said.id === null && !reply.ok)) return reply;
  return failed(
    "PROVIDER_ERROR",
    `${who} answered ${JSON.stringify(said.id)} instead of ${JSON.stringify(id)}`,
  );
}

function line(text: string): string {
  const one = text.replace(/\s+/g, " ").trim();
  return one.length > 300 ? `${one.slice(0, 300)} …` : one;
}
