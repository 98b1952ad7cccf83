// The one client that speaks to other machines, in the shape of the fetch that the SDK asks for.
import type { Outbound } from "../../../engine/ports/index.ts";
import { LONGEST_TIMER_MS } from "./timer.ts";

export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** Answers with these have no body. */
const BODILESS = new Set([101, 204, 205, 304]);

/** How long a server may be silent is for its callers to say: each of them has a signal. */
export function outboundFetch(outbound: Outbound): Fetch {
  return async (url, { method = "GET", headers, body, signal } = {}) => {
    const answer = await outbound.send({
      url: String(url),
      method,
      headers: Object.fromEntries(new Headers(headers)),
      signal: signal ?? new AbortController().signal,
      silenceMs: LONGEST_TIMER_MS,
      ...(typeof body === "string" && { body }),
    });
    const told = Object.entries(answer.headers).flatMap(([name, value]) =>
      (typeof value === "string" ? [value] : value).map((one): [string, string] => [name, one]),
    );
    const rest = { status: answer.status, headers: told };
    if (!BODILESS.has(answer.status)) return new Response(streamOf(answer.body), rest);
    for await (const _ of answer.body); // so that its connection is free again
    return new Response(null, rest);
  };
}

function streamOf(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const reading = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await reading.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: async () => {
      await reading.return?.();
    },
  });
}
