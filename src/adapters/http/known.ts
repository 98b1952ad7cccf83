// What does not change any more carries a tag: who has it already is told so, and gets it not again.
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

export const UNCHANGED = { 304: z.null().describe("It is as the tag in `If-None-Match` says.") };

/** The same for what never changes, such as bytes by their hash: whoever has it need not even ask. */
export function unchanging(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  const etag = `"${tag}"`;
  reply.header("etag", etag).header("cache-control", "private, max-age=31536000, immutable");
  return tagsIn(request).includes(etag);
}

const tagsIn = ({ headers }: FastifyRequest): readonly string[] =>
  headers["if-none-match"]?.split(",").map((one) => one.trim()) ?? [];

/** True when whoever asks has it; then nothing else is to be sent but 304. Weak: names beside it may come and go. */
export function isKnown(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  const etag = `W/"${tag}"`;
  reply.header("etag", etag).header("cache-control", "private, no-cache");
  return tagsIn(request).includes(etag);
}
