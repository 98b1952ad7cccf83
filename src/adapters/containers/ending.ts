// How a container ends, by itself or not, and how much of it is known.

import type { Duplex } from "node:stream";
import { z } from "zod";
import { asError } from "../../domain/index.ts";
import type { Container, ContainerProgram, ProcessEnd } from "../../engine/ports/index.ts";
import { statusOf } from "./daemon.ts";
import { demux } from "./demux.ts";
import type { Kit } from "./kit.ts";
import { removed } from "./removed.ts";

const KEEP_STDERR_BYTES = 16 * 1024;
/** A daemon that was told to kill and says nothing is given up. */
const KILL_MS = 4_000;
/** What was written before the end is there by then. */
const LAST_WORDS_MS = 2_000;
/** A daemon hears that memory ran out on another way than that the program has ended, and not always first. */
const MEMORY_NEWS_MS = 1_000;
/** As a program ended by SIGKILL is told of. */
const KILLED = 128 + 9;
const NO_SUCH = 404;

const State = z.object({
  State: z.object({ Running: z.boolean(), ExitCode: z.number(), OOMKilled: z.boolean() }),
});

export function ending(
  kit: Pick<Kit, "daemon" | "clock" | "log" | "owe">,
  name: string,
  stream: Duplex,
  program: ContainerProgram,
) {
  const { daemon, clock } = kit;
  const { docker } = daemon;
  const container = docker.getContainer(name);
  const over = new AbortController();
  const stderr = kept(KEEP_STDERR_BYTES);
  let lost: string | undefined;
  let killing = false;

  const read = demux(
    {
      stdout: (bytes) => program.onStdout(bytes),
      stderr: (bytes) => {
        stderr.take(bytes);
        program.onStderr?.(bytes);
      },
    },
    () => {
      lost ??= "the daemon sent what no container writes";
      void kill();
    },
  );
  const drained = new Promise<void>((resolve) => {
    stream.on("data", read);
    stream.on("error", (error) => {
      lost ??= killing ? undefined : `its streams broke: ${error.message}`;
    });
    stream.once("close", resolve);
    stream.once("end", resolve);
  });

  async function end(): Promise<ProcessEnd> {
    await exited();
    await within(LAST_WORDS_MS, drained);
    stream.destroy();
    const state = await stateAtEnd();
    await removed(daemon, name).catch((error: unknown) => kit.owe(name, asError(error)));
    return { ...state, stderr: stderr.text(), overflowed: false };
  }

  /** Also when the daemon is gone, does not do what it is told, or does not say what has happened. */
  async function exited(): Promise<void> {
    let isTold = false;
    const told = waited().then(() => {
      isTold = true;
    });
    await Promise.race([told, drained.then(() => within(LAST_WORDS_MS, told))]);
    if (!isTold && (await isRunning())) await told;
    over.abort();
  }

  async function waited(): Promise<void> {
    try {
      await daemon.lasting.getContainer(name).wait({ abortSignal: over.signal });
    } catch (error) {
      if (over.signal.aborted) return;
      lost ??=
        statusOf(error) === NO_SUCH ? "somebody removed it" : `the Docker daemon went away (${said(error)})`;
    }
  }

  const stateOf = async () =>
    (await daemon.ask("look at a container", State, () => container.inspect())).State;

  const isRunning = (): Promise<boolean> =>
    stateOf().then(
      ({ Running }) => Running,
      () => false,
    );

  async function stateAtEnd(): Promise<Pick<ProcessEnd, "code" | "signal" | "outOfMemory" | "lost">> {
    if (lost !== undefined) return { lost };
    try {
      const { Running, ExitCode, OOMKilled } = await stateWithNews();
      if (Running) return { lost: "the daemon did not end it" };
      const memory = OOMKilled ? { outOfMemory: true as const } : {};
      return ExitCode === KILLED ? { signal: "SIGKILL", ...memory } : { code: ExitCode, ...memory };
    } catch (error) {
      return { lost: `nobody can say how it ended: ${said(error)}` };
    }
  }

  async function stateWithNews() {
    const state = await stateOf();
    if (killing || state.ExitCode !== KILLED || state.OOMKilled) return state;
    await new Promise<void>((resolve) => clock.after(MEMORY_NEWS_MS, resolve));
    return stateOf();
  }

  async function kill(): Promise<void> {
    if (killing) return;
    killing = true;
    const cancel = clock.after(KILL_MS, () => over.abort());
    over.signal.addEventListener("abort", cancel, { once: true });
    await daemon
      .ask("kill a container", z.unknown(), () => container.kill(), KILL_MS)
      .catch((error: unknown) => {
        kit.log.debug(
          { container: name, error: asError(error) },
          "a container could not be killed, or has ended",
        );
      });
  }

  const within = (ms: number, what: Promise<void>): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(ms, resolve);
      void what.then(() => {
        cancel();
        resolve();
      });
    });

  return {
    /** To be called when it was started. */
    watched: (): Omit<Container, "image"> => {
      const ended = end();
      return {
        ended,
        write: (bytes) =>
          new Promise((resolve) => {
            if (stream.writable) stream.write(bytes, (error) => resolve(!error));
            else resolve(false);
          }),
        endInput: () => void stream.end(),
        kill: () => {
          void kill();
          return ended;
        },
      };
    },
  };
}

function kept(most: number) {
  const parts: Uint8Array[] = [];
  let room = most;
  return {
    take(bytes: Uint8Array) {
      if (room > 0) parts.push(bytes.subarray(0, room));
      room -= bytes.length;
    },
    text: () => Buffer.concat(parts).toString("utf8"),
  };
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error)).trim();
