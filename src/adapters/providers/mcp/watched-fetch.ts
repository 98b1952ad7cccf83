// Requests over HTTP, watched: the SDK does not notice when a stream ends before the reply it is for, and leaves one
// open that nobody reads any more.
//
// 1. A stream that ends without its reply is told as an end of the connection, unless it can be taken up again.
// 2. A call that is cancelled is left: its stream is closed once the server has been told.
// 3. One message is at most so large.
import { z } from "zod";
import type { Fetch } from "./outbound-fetch.ts";

const Id = z.union([z.string(), z.number()]);
type Id = z.infer<typeof Id>;

const Sent = z.object({
  id: Id.optional(),
  method: z.string().optional(),
  params: z.object({ requestId: Id.optional() }).optional(),
});

type Heard = {
  /** The reply to that request will not come. */
  readonly lost: (id: Id) => void;
  readonly tooMuch: () => void;
  /** The server does not know the session any more. */
  readonly forgotten: () => void;
};

export type Watched = { readonly fetch: Fetch; readonly answered: (id: Id) => void };

export function watchedFetch(fetch: Fetch, mostBytes: number, heard: Heard): Watched {
  const open = new Map<Id, AbortController>();

  const exchange: Fetch = async (url, init = {}) => {
    const { id, method, params } = sentIn(init);
    const stop = new AbortController();
    const isRequest = id !== undefined && method !== undefined;
    if (isRequest) open.set(id, stop);
    const signal = init.signal ? AbortSignal.any([init.signal, stop.signal]) : stop.signal;
    const response = await fetch(url, { ...init, signal });
    if (method === "notifications/cancelled" && params?.requestId !== undefined)
      open.get(params.requestId)?.abort();
    if (response.status === 404 && new Headers(init.headers).has("mcp-session-id")) heard.forgotten();
    if (!response.body) return response;
    const isStream = /^text\/event-stream\b/i.test(response.headers.get("content-type") ?? "");
    const over = (isResumable: boolean): void => {
      if (!isRequest || !isStream || isResumable) return;
      // What was read is with the SDK once its promises have settled.
      setImmediate(() => {
        if (open.has(id)) heard.lost(id);
      });
    };
    return new Response(counted(response.body, mostBytes, { over, tooMuch: heard.tooMuch }), response);
  };

  return { fetch: exchange, answered: (id) => void open.delete(id) };
}

function sentIn({ body }: RequestInit): z.infer<typeof Sent> {
  return typeof body === "string" ? (Sent.safeParse(JSON.parse(body)).data ?? {}) : {};
}

type End = { readonly over: (isResumable: boolean) => void; readonly tooMuch: () => void };

function counted(
  stream: ReadableStream<Uint8Array>,
  mostBytes: number,
  { over, tooMuch }: End,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  let isResumable = false;
  let bytes = 0;
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read();
        if (done) {
          controller.close();
          return over(isResumable);
        }
        const text = Buffer.from(value).toString("latin1");
        isResumable ||= /^id:/m.test(text);
        bytes = /\n\r?\n/.test(text) ? 0 : bytes + value.length;
        if (bytes > mostBytes) return tooMuch();
        controller.enqueue(value);
      } catch (error) {
        controller.error(error);
        over(isResumable);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
