// Server-sent events, followed across connections: what was seen last is said when asking again.
import { createParser } from "eventsource-parser";
import type { components } from "./openapi.gen.ts";

/** A stored event, with the cursor to go on behind it. */
export type FollowedEvent = { readonly cursor: string; readonly type: string; readonly data: EventOfLog };
type EventOfLog = components["schemas"] extends { readonly Event: infer E }
  ? E
  : { readonly [key: string]: unknown };

export type Followed = AsyncGenerator<FollowedEvent, void, undefined>;

export type FollowOptions = {
  /** A cursor, `start` or `now`. */
  readonly after?: string;
  /** `RunSucceeded`, `Task*`; several with commas. */
  readonly type?: string;
  readonly signal?: AbortSignal;
  /** Between two tries to reach the server, milliseconds. */
  readonly retryMs?: number;
};

/** The schema of the log's events has no name of its own in the document. */
const eventIn: (text: string) => EventOfLog = JSON.parse;

type Way = { readonly headers: Readonly<Record<string, string>>; readonly fetch: typeof globalThis.fetch };

export async function* followed(address: URL, way: Way, options: FollowOptions): Followed {
  const { after = "start", type, signal, retryMs = 1000 } = options;
  let last: string | undefined;
  address.searchParams.set("after", after);
  if (type !== undefined) address.searchParams.set("type", type);
  while (!signal?.aborted) {
    const response = await opened(address, way, last, signal);
    if (response?.status === 204) return;
    if (response && response.status < 500 && response.status !== 429 && response.status !== 200) {
      throw new Error(`the server refused to tell of events: ${response.status} ${await response.text()}`);
    }
    if (response?.status === 200 && response.body) {
      for await (const { id, event = "message", data } of messages(response.body)) {
        if (event === "ended") return;
        if (id === undefined) continue;
        last = id;
        yield { cursor: id, type: event, data: eventIn(data) };
      }
    }
    await pause(retryMs, signal);
  }
}

type SaidChunk = { readonly task: string; readonly kind: string; readonly text: string };

/** What models of a run say while they say it, from now on, for as long as the connection stands. */
export async function* chunksOf(address: URL, way: Way, signal: AbortSignal): AsyncGenerator<SaidChunk> {
  address.searchParams.set("after", "now");
  const response = await opened(address, way, undefined, signal);
  if (response?.status !== 200 || !response.body) return;
  for await (const { event, data } of messages(response.body)) {
    if (event === "ended") return;
    if (event === "chunk") yield chunkIn(data);
  }
}

const chunkIn: (text: string) => SaidChunk = JSON.parse;

/** Undefined when nobody answers. */
async function opened(
  address: URL,
  { headers, fetch }: Way,
  last: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Response | undefined> {
  try {
    return await fetch(address, {
      headers: {
        ...headers,
        accept: "text/event-stream",
        ...(last !== undefined && { "last-event-id": last }),
      },
      ...(signal && { signal }),
    });
  } catch (error) {
    if (error instanceof TypeError || signal?.aborted) return undefined;
    throw error;
  }
}

type Message = {
  readonly id: string | undefined;
  readonly event?: string | undefined;
  readonly data: string;
};

/** Until the connection ends, however it does. */
async function* messages(body: ReadableStream<Uint8Array>): AsyncGenerator<Message> {
  const came: Message[] = [];
  const parser = createParser({ onEvent: (message) => came.push({ ...message, id: message.id }) });
  const text = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: true as const, value: undefined }));
      if (done) return;
      parser.feed(text.decode(value, { stream: true }));
      yield* came.splice(0);
    }
  } finally {
    await reader.cancel().catch((error: unknown) => error);
  }
}

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(), ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
