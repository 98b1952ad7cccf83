// What does not change any more carries a tag: who has it already is told so, and gets it not again.
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

export const UNCHANGED = { 304: z.null().describe("It is as the tag in `If-None-Match` says.") };

/** True when whoever asks has it; then nothing else is to be sent but 304. Weak: names beside it may come and go. */
export function isKnown(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  const etag = `W/"${tag}"`;
  reply.header("etag", etag).header("cache-control", "private, no-cache");
  const asked = request.headers["if-none-match"]?.split(",").map((one) => one.trim()) ?? [];
  return asked.includes(etag);
}
