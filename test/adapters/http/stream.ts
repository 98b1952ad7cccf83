// A client of server-sent events, as small as can be: it tells what came, and may be cut off at any moment.
import { createParser } from "eventsource-parser";

export type Message = {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: string;
};

export type Listening = {
  /** The next message; undefined when the stream has ended. */
  readonly next: () => Promise<Message | undefined>;
  readonly stop: () => void;
};

export async function listen(
  url: string,
  { key, last }: { readonly key?: string | undefined; readonly last?: string | undefined } = {},
): Promise<Listening> {
  const stop = new AbortController();
  const response = await fetch(url, {
    headers: {
      accept: "text/event-stream",
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(last !== undefined && { "last-event-id": last }),
    },
    signal: stop.signal,
  });
  if (response.status !== 200 || !response.body)
    throw new Error(`${response.status}: ${await response.text()}`);
  const came: Message[] = [];
  const parser = createParser({ onEvent: ({ id, event, data }) => came.push({ id, event, data }) });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  return {
    next: async () => {
      for (;;) {
        const message = came.shift();
        if (message) return message;
        const { done, value } = await reader.read().catch(() => ({ done: true as const, value: undefined }));
        if (done) return undefined;
        parser.feed(value);
      }
    },
    stop: () => stop.abort(),
  };
}
