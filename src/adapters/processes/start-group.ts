// One child process that leads a group of its own, so that whatever it starts dies with it.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import process from "node:process";
import { GleitzeitError } from "../../domain/index.ts";
import type { ProcessEnd, ProcessGroup, Program } from "../../engine/ports/index.ts";

const KEEP_STDERR_BYTES = 16 * 1024;

export async function startGroup(program: Program): Promise<ProcessGroup> {
  const child = begin(program);
  const pid = await startedPid(child, program);
  const ended = endOf(child, pid, program);
  return {
    pid,
    ended,
    write: (bytes) =>
      new Promise((resolve) => {
        if (!child.stdin.writable) resolve(false);
        else child.stdin.write(bytes, (error) => resolve(!error));
      }),
    endInput: () => void child.stdin.end(),
    kill() {
      if (child.exitCode === null && child.signalCode === null) killGroup(pid);
      return ended;
    },
  };
}

function begin({ command, args, env, cwd }: Program): ChildProcessWithoutNullStreams {
  try {
    return spawn(command, args, {
      cwd,
      env,
      detached: true,
      shell: false,
      stdio: "pipe",
      windowsHide: true,
    });
  } catch (error) {
    throw startError(command, error);
  }
}

function startedPid(child: ChildProcessWithoutNullStreams, { command }: Program): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(startError(command, error)));
    child.once("spawn", () => {
      if (child.pid === undefined)
        reject(new GleitzeitError("INTERNAL_ERROR", `${command} has no process id`));
      else resolve(child.pid);
    });
  });
}

function endOf(child: ChildProcessWithoutNullStreams, pid: number, program: Program): Promise<ProcessEnd> {
  const { maxStdoutBytes = Number.POSITIVE_INFINITY, keepStderrBytes = KEEP_STDERR_BYTES } = program;
  let written = 0;
  let room = keepStderrBytes;
  let overflowed = false;
  const stderr: Buffer[] = [];
  child.stdout.on("data", (bytes: Buffer) => {
    written += bytes.length;
    if (written > maxStdoutBytes) {
      overflowed = true;
      killGroup(pid);
    } else program.onStdout(bytes);
  });
  child.stderr.on("data", (bytes: Buffer) => {
    if (room > 0) stderr.push(bytes.subarray(0, room));
    room -= bytes.length;
  });
  // A broken pipe tells the writer through its callback; the end of the process is told by `ended`.
  child.stdin.on("error", () => child.stdin.destroy());
  // Whoever else is in the group keeps the streams open: it goes before they can close.
  child.once("exit", () => killGroup(pid));
  return new Promise((resolve) => {
    child.once("close", (code, signal) =>
      resolve({
        ...(code !== null && { code }),
        ...(signal !== null && { signal }),
        stderr: Buffer.concat(stderr).toString("utf8"),
        overflowed,
      }),
    );
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if (!GONE.includes(codeOf(error))) throw error;
  }
}

// The second is what some systems say of a group of which only the dead are left.
const GONE = ["ESRCH", "EPERM"];
const NO_ROOM = ["EAGAIN", "EMFILE", "ENFILE", "ENOMEM"];

const WHY_NOT: Readonly<Record<string, string>> = {
  ENOENT: "there is no such program, or its working folder is not there; look at `command` and `cwd`: ",
  EACCES: "it is a folder, or a file that may not be executed; look at `command`: ",
};

function startError(command: string, cause: unknown): GleitzeitError {
  const code = NO_ROOM.includes(codeOf(cause)) ? "RESOURCE_EXHAUSTED" : "CONFIGURATION_ERROR";
  const said = cause instanceof Error ? cause.message : String(cause);
  const reason = `${WHY_NOT[codeOf(cause)] ?? ""}${said}`;
  return new GleitzeitError(code, `${command} cannot be started: ${reason}`, { cause });
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
