// A server that is a program: one message a line. A line that is no message is left aside, since programs greet and
// log; the last one is kept for whoever wonders why nothing is answered.

import { deserializeMessage } from "@modelcontextprotocol/sdk/shared/stdio.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { asError } from "../../../domain/index.ts";
import { type Clock, lineProgram } from "../../../engine/ports/index.ts";
import type { Link, ServerProgram } from "./link.ts";

type Options = { readonly name: string; readonly clock: Clock; readonly mostBytes: number };

export function stdioLink(program: ServerProgram, { name, clock, mostBytes }: Options): Link {
  const lines: string[] = [];
  let isReading = false;

  /** One message after the other: the SDK hears a notification a moment after it is handed one, and an answer at once. */
  const pump = (): void => {
    const line = lines.shift();
    isReading = line !== undefined && !spoken.fate();
    if (line === undefined || !isReading) return;
    hear(line);
    queueMicrotask(pump);
  };

  const hear = (line: string): void => {
    try {
      transport.onmessage?.(deserializeMessage(line));
    } catch (error) {
      transport.onerror?.(asError(error));
    }
  };

  const spoken = lineProgram(program, {
    who: `the server ${name}`,
    clock,
    mostBytes,
    onLine: (line) => {
      lines.push(line);
      if (!isReading) pump();
    },
    onEnd: () => transport.onclose?.(),
  });

  const transport: Transport = {
    start: spoken.start,
    send: (message) => spoken.send(JSON.stringify(message)),
    close: () => spoken.close(),
  };
  const { fate, ended, cut } = spoken;
  return { transport, fate, ended, cut };
}
