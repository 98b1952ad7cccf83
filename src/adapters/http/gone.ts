import type { FastifyReply } from "fastify";

/** Aborted when whoever asked has hung up. */
export function goneOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  return gone.signal;
}
