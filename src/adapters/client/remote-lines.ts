// Long answers of a server, line by line as they come.
import { GleitzeitError } from "../../domain/index.ts";
import { refusalIn, unreachable } from "./told.ts";

export const AS_STREAM = { parseAs: "stream" } as const;

type Answer = { readonly data?: unknown; readonly error?: unknown; readonly response: Response };

/** With its end, `\n`. Whoever stops reading ends the answer. */
export async function linesOf(asked: Promise<Answer>): Promise<AsyncIterable<string>> {
  const { data, error, response } = await asked.catch((thrown: unknown) => {
    throw unreachable(thrown);
  });
  if (data instanceof ReadableStream) return linesIn(data);
  if (error === undefined && response.ok) return linesIn(new ReadableStream({ start: (it) => it.close() })); // of no line
  throw refusalIn(error, response.status, response.url);
}

async function* linesIn(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const text = new TextDecoder();
  const reader = body.getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((thrown: unknown) => {
        throw brokenOff(thrown);
      });
      const lines = `${rest}${done ? text.decode() : text.decode(value, { stream: true })}`.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) yield `${line}\n`;
      if (!done) continue;
      if (rest !== "") yield rest;
      return;
    }
  } finally {
    await reader.cancel().catch((error: unknown) => error);
  }
}

/** Half an answer is none. */
const brokenOff = (thrown: unknown): unknown =>
  thrown instanceof TypeError
    ? new GleitzeitError("CONNECTION_LOST", "the answer of the server broke off: what came is not whole", {
        cause: thrown,
      })
    : thrown;

/** A document a line; `T` is what the server's schemas promise. */
export async function* documentsIn<T>(lines: AsyncIterable<string>): AsyncGenerator<T> {
  for await (const line of lines) yield parsed<T>(line);
}

const parsed: <T>(text: string) => T = JSON.parse;
