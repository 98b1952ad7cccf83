// Long answers as lines, sent as they are made; one that breaks off ends the connection, so that nobody takes a part for all.
import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { asError } from "../../domain/index.ts";
import type { Log } from "../../engine/index.ts";

const JSON_LINES = "application/jsonl";
const Lines = z.custom<Readable>().meta({ type: "string" });

export const linesOf = (description: string) => ({
  description,
  content: { [JSON_LINES]: { schema: Lines } },
});

type Answer = {
  readonly lines: AsyncIterable<string>;
  readonly log: Log;
  readonly file?: string;
  readonly type?: string;
};

export function sentLines(
  reply: FastifyReply,
  { lines, log, file, type = JSON_LINES }: Answer,
): FastifyReply {
  reply.type(`${type}; charset=utf-8`).header("cache-control", "no-store");
  if (file !== undefined) reply.header("content-disposition", `attachment; filename="${file}"`);
  return reply.send(Readable.from(told(lines, log, reply.request.id)));
}

async function* told(lines: AsyncIterable<string>, log: Log, requestId: string): AsyncGenerator<string> {
  try {
    yield* lines;
  } catch (error) {
    log.error({ error: asError(error), requestId }, "an answer broke off");
    throw error;
  }
}

/** A document a line. */
export async function* jsonLines(documents: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const document of documents) yield `${JSON.stringify(document)}\n`;
}
