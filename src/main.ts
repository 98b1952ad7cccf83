#!/usr/bin/env node
// The command line's entry, and the only file that touches the process.
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { availableParallelism, homedir, userInfo } from "node:os";
import { type Channel, cli, type Terminal } from "./adapters/cli/index.ts";
import { version } from "./version.ts";

const INTERRUPTED = 130;
const UNREACHABLE = 5;
const PIPED_COLUMNS = 160;

const gone = new AbortController();
const mute = new AbortController();
const interrupted = new AbortController();

/** What is written after `ended` is dropped. */
function channel(stream: NodeJS.WriteStream, ended: AbortSignal): Channel {
  const { env } = process;
  const isTTY = stream.isTTY === true;
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "" && env.FORCE_COLOR !== "0";
  return {
    write: (text) => {
      if (!ended.aborted) stream.write(text);
    },
    drained: () =>
      new Promise((resolve) => {
        if (!stream.writableNeedDrain || ended.aborted) return resolve();
        const done = (): void => {
          stream.off("drain", done);
          ended.removeEventListener("abort", done);
          resolve();
        };
        stream.once("drain", done);
        ended.addEventListener("abort", done, { once: true });
      }),
    isTTY: isTTY && env.TERM !== "dumb",
    columns: isTTY ? stream.columns || 80 : PIPED_COLUMNS,
    color: !env.NO_COLOR && (forced || (isTTY && env.TERM !== "dumb")),
  };
}

const out = channel(process.stdout, gone.signal);
const err = channel(process.stderr, mute.signal);

/** Nobody to tell any more; what the command does and prints is as good as before. */
process.stderr.on("error", () => mute.abort());

/** `| head` has read enough: what else would be written is dropped, and who writes on and on may stop. */
process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
  const isFirst = !gone.signal.aborted;
  gone.abort();
  if (code === "EPIPE" || !isFirst) return;
  err.write(`error PERSISTENCE_WRITE_FAILED: standard output cannot be written: ${message}\n`);
  process.once("exit", (exit) => {
    if (exit === 0) process.exitCode = UNREACHABLE;
  });
});

/** The first time leaves everything in order, the second time leaves. */
function interrupt(): void {
  if (interrupted.signal.aborted) process.exit(INTERRUPTED);
  interrupted.abort();
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupt);

const hasTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
const reloaders = new Set<() => void>();

/** What drives runs reads its configuration again; a terminal that was closed ends whatever ran on it. */
process.on("SIGHUP", () => {
  if (interrupted.signal.aborted) return;
  if (reloaders.size === 0 || (hasTerminal && isHungUp())) return interrupt();
  for (const reload of reloaders) reload();
});

function isHungUp(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return false;
  } catch {
    return true;
  }
}

async function readInput(mostBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let left = mostBytes;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk).subarray(0, left);
    chunks.push(bytes);
    left -= bytes.length;
    if (left === 0) break;
  }
  return Buffer.concat(chunks);
}

const ENTER = "\r\n\u0004";
const INTERRUPT = "\u0003";
const RUBOUT = "\b\u007f";

/** What was typed, or pasted, beyond one answer. */
let ahead = "";

/** Nothing of it is echoed. Undefined when somebody wants to leave. */
async function askHidden(question: string): Promise<string | undefined> {
  const { stdin } = process;
  stdin.setEncoding("utf8").setRawMode(true).resume();
  err.write(question); // not before: what is typed at once would be echoed
  let typed = "";
  try {
    for (;;) {
      const piece = [...(ahead === "" ? String(await once(stdin, "data")) : ahead)];
      ahead = "";
      for (const [i, char] of piece.entries()) {
        if (char === INTERRUPT) return undefined;
        if (ENTER.includes(char)) {
          ahead = piece.slice(i + 1).join("");
          return typed;
        }
        typed = RUBOUT.includes(char) ? [...typed].slice(0, -1).join("") : typed + char;
      }
    }
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    err.write("\n");
  }
}

const terminal: Terminal = {
  out,
  err,
  size: () => ({ columns: process.stderr.columns || 80, rows: process.stderr.rows || 24 }),
  gone: gone.signal,
  interrupted: interrupted.signal,
  readInput,
  ...(process.stdin.isTTY && { askHidden }),
};

/** A user id may have no name in a container. */
function userName(): string {
  try {
    return userInfo().username;
  } catch (error) {
    return `uid-${process.getuid?.() ?? "unknown"}${error instanceof Error ? "" : "?"}`;
  }
}

process.exitCode = await cli(process.argv.slice(2), {
  version,
  terminal,
  parts: async (globals, log) => {
    const { compose } = await import("./compose.ts");
    const places = {
      env: process.env,
      workingFolder: process.cwd(),
      userHome: homedir(),
      processors: availableParallelism(),
    };
    const { version: nodeVersion, platform, arch } = process;
    return compose(
      {
        ...places,
        version,
        nodeVersion,
        platform: `${platform} ${arch}`,
        user: userName(),
        log,
        onReload: (asked) => {
          reloaders.add(asked);
          return () => reloaders.delete(asked);
        },
      },
      globals,
    );
  },
});
