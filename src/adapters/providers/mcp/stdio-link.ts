// A server that is a program: one message a line, through the one place that starts programs.
//
// 1. A line that is no message is left aside, since programs greet and log; the last one is kept for whoever wonders
//    why nothing is answered.
// 2. A line that does not end is cut off with the program.
// 3. Whatever else the program started goes with it.
import { ReadBuffer, serializeMessage } from "@modelcontextprotocol/sdk/shared/stdio.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { type ErrorInfo, errorInfo, GleitzeitError } from "../../../domain/index.ts";
import type { Clock, ProcessEnd, ProcessGroup } from "../../../engine/ports/index.ts";
import type { Link, ServerProgram } from "./link.ts";

type Options = { readonly name: string; readonly clock: Clock; readonly mostBytes: number };

/** For a server to end by itself once its input is closed. */
const FAREWELL_MS = 1_000;

export function stdioLink(program: ServerProgram, { name, clock, mostBytes }: Options): Link {
  const lines = new ReadBuffer({ maxBufferSize: mostBytes });
  let group: ProcessGroup | undefined;
  let fate: ErrorInfo | undefined;
  let isClosing = false;
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });

  const cut = (why: ErrorInfo): void => {
    fate ??= why;
    if (group) void group.kill();
  };

  const read = (bytes: Uint8Array): void => {
    if (fate) return;
    try {
      lines.append(Buffer.from(bytes));
    } catch {
      const message = `the server ${name} wrote a message of more than ${mostBytes} bytes`;
      return cut(errorInfo("PROVIDER_ERROR", message));
    }
    pump();
  };

  /** One message after the other: the SDK hears a notification a moment after it is handed one, and an answer at once. */
  const pump = (): void => {
    if (!fate && next()) queueMicrotask(pump);
  };

  /** False when there is no whole line. */
  const next = (): boolean => {
    try {
      const message = lines.readMessage();
      if (message === null) return false;
      transport.onmessage?.(message);
    } catch (error) {
      transport.onerror?.(error instanceof Error ? error : new Error(String(error)));
    }
    return true;
  };

  const over = (how: ProcessEnd): void => {
    if (!isClosing) fate ??= errorInfo("CONNECTION_LOST", `the server ${name} ended: ${endText(how)}`);
    lines.clear();
    end();
    transport.onclose?.();
  };

  const transport: Transport = {
    start: async () => {
      const { command, args, env, cwd, processes } = program;
      try {
        group = await processes.spawn({ command, args, env, cwd, onStdout: read });
      } catch (error) {
        end();
        throw error;
      }
      void group.ended.then(over);
    },
    send: async (message) => {
      if (await group?.write(serializeMessage(message))) return;
      // Whoever does not read has ended, or might as well have; how it ended says more.
      await group?.kill();
      const { code, message: why } =
        fate ?? errorInfo("CONNECTION_LOST", `the server ${name} no longer reads`);
      throw new GleitzeitError(code, why);
    },
    close: async () => {
      if (!group) return end();
      isClosing = true;
      group.endInput();
      const cancel = clock.after(FAREWELL_MS, () => void group?.kill());
      await group.ended;
      cancel();
    },
  };
  return { transport, fate: () => fate, ended, cut };
}

function endText({ code, signal, stderr }: ProcessEnd): string {
  const how = signal === undefined ? `exit code ${code ?? "unknown"}` : `signal ${signal}`;
  const last = stderr.trim().split("\n").at(-1)?.trim().slice(0, 500) ?? "";
  return last === "" ? how : `${how}, ${last}`;
}
