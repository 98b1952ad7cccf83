// One stream of server-sent events to one client. What it does not read is not kept: when the socket is full, whoever
// writes waits, and a client that reads nothing for too long is gone.
import type { FastifyReply } from "fastify";
import type { Clock } from "../../engine/index.ts";

export type Sse = {
  /** Aborted when the client has gone, or was given up. */
  readonly gone: AbortSignal;
  /** Resolves when there is room again. `id` only for what is in the log. */
  readonly send: (message: {
    readonly event: string;
    readonly data: string;
    readonly id?: string;
  }) => Promise<void>;
  /** What may be lost: not written while the socket is full. */
  readonly hint: (message: { readonly event: string; readonly data: string }) => void;
  readonly end: () => void;
  /** Bytes that wait for the client to read. */
  readonly buffered: () => number;
};

const HEARTBEAT_MS = 15_000;
/** So long a client may not read before it is cut off. */
const STALLED_MS = 30_000;

export function sse(reply: FastifyReply, clock: Clock, onHeartbeat: () => boolean): Sse {
  reply.hijack();
  const { raw } = reply;
  const gone = new AbortController();
  raw.on("close", () => gone.abort());
  raw.on("error", () => gone.abort());
  raw.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    connection: "close", // one that is kept alive would keep a server that closes
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
    "x-request-id": reply.request.id,
    "api-version": "v1",
  });
  raw.flushHeaders();

  const room = (): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        cancel();
        raw.off("drain", done);
        gone.signal.removeEventListener("abort", done);
        resolve();
      };
      const cancel = clock.after(STALLED_MS, () => raw.destroy());
      raw.once("drain", done);
      gone.signal.addEventListener("abort", done, { once: true });
    });

  let beat = (): void => undefined;
  const heartbeat = (): void => {
    if (gone.signal.aborted) return;
    if (!onHeartbeat()) return end();
    if (!raw.writableNeedDrain) raw.write(": \n\n");
    beat = clock.after(HEARTBEAT_MS, heartbeat);
  };
  const end = (): void => {
    beat();
    if (!gone.signal.aborted) raw.end();
    gone.abort();
  };
  gone.signal.addEventListener("abort", () => beat(), { once: true });
  beat = clock.after(HEARTBEAT_MS, heartbeat);

  return {
    gone: gone.signal,
    send: async ({ event, data, id }) => {
      if (gone.signal.aborted) return;
      const text = `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;
      if (!raw.write(text)) await room();
    },
    hint: ({ event, data }) => {
      if (!gone.signal.aborted && !raw.writableNeedDrain) raw.write(`event: ${event}\ndata: ${data}\n\n`);
    },
    end,
    buffered: () => raw.writableLength,
  };
}
