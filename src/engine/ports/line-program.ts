// A program that is spoken to in lines, one message each way a line, through the one place that starts programs.
//
// 1. A line that does not end is cut off with the program.
// 2. Nothing is heard of it once it was cut off.
// 3. Whatever else it started goes with it.
import { type ErrorInfo, errorInfo, GleitzeitError, type Millis } from "../../domain/index.ts";
import type { Clock } from "./host.ts";
import { lineReader } from "./line-reader.ts";
import type { ProcessEnd, Processes, ProcessGroup, Program } from "./processes.ts";

/** What it takes to start it. */
export type SpokenProgram = Pick<Program, "command" | "args" | "env" | "cwd"> & {
  readonly processes: Processes;
};

export type LineProgram = {
  /** Once. Rejects as `Processes.spawn` does. */
  readonly start: () => Promise<void>;
  /** Without its end. Rejects with what became of the program when it does not read any more. */
  readonly send: (line: string) => Promise<void>;
  /** Why it is no more; undefined while it runs, or when it was closed from here. */
  readonly fate: () => ErrorInfo | undefined;
  /** Resolves when it has ended and nothing of it is left; with nothing when it was never started. */
  readonly ended: Promise<ProcessEnd | undefined>;
  /** At once, without a farewell. */
  readonly cut: (why: ErrorInfo) => void;
  /** Its input is closed; it is killed when it does not end by itself soon. */
  readonly close: (patienceMs?: Millis) => Promise<void>;
};

type Around = {
  /** As messages say it: `the server harbour`. */
  readonly who: string;
  readonly clock: Clock;
  readonly mostBytes: number;
  readonly onLine: (line: string) => void;
  readonly onEnd: () => void;
};

const FAREWELL_MS: Millis = 1_000;

export function lineProgram(
  { processes, ...program }: SpokenProgram,
  { who, clock, mostBytes, onLine, onEnd }: Around,
): LineProgram {
  let group: ProcessGroup | undefined;
  let fate: ErrorInfo | undefined;
  let isClosing = false;
  let end = (_how?: ProcessEnd): void => undefined;
  const ended = new Promise<ProcessEnd | undefined>((resolve) => {
    end = resolve;
  });

  const cut = (why: ErrorInfo): void => {
    fate ??= why;
    if (group) void group.kill();
  };

  const read = lineReader(
    mostBytes,
    (line) => {
      if (!fate) onLine(line);
    },
    () => cut(errorInfo("PROVIDER_ERROR", `${who} wrote a message of more than ${mostBytes} bytes`)),
  );

  const over = (how: ProcessEnd): void => {
    if (!isClosing) fate ??= errorInfo("CONNECTION_LOST", `${who} ended: ${endText(how)}`);
    end(how);
    onEnd();
  };

  return {
    start: async () => {
      try {
        group = await processes.spawn({
          ...program,
          onStdout: (bytes) => {
            if (!fate) read(bytes);
          },
        });
      } catch (error) {
        end();
        throw error;
      }
      void group.ended.then(over);
    },
    send: async (line) => {
      if (isClosing) throw new GleitzeitError("SYSTEM_SHUTDOWN", `${who} is being closed`);
      if (await group?.write(`${line}\n`)) return;
      // Whoever does not read has ended, or might as well have; how it ended says more.
      await group?.kill();
      const { code, message } = fate ?? errorInfo("CONNECTION_LOST", `${who} no longer reads`);
      throw new GleitzeitError(code, message);
    },
    fate: () => fate,
    ended,
    cut,
    close: async (patienceMs = FAREWELL_MS) => {
      if (!group) return end();
      isClosing = true;
      group.endInput();
      const cancel = clock.after(patienceMs, () => void group?.kill());
      await group.ended;
      cancel();
    },
  };
}

function endText({ code, signal, stderr }: ProcessEnd): string {
  const how = signal === undefined ? `exit code ${code ?? "unknown"}` : `signal ${signal}`;
  const last = stderr.trim().split("\n").at(-1)?.trim().slice(0, 500) ?? "";
  return last === "" ? how : `${how}, ${last}`;
}
