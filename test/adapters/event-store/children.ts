// Starts and stops the second processes of the tests; none outlives its test.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type Compiled, compiledChild } from "./compiled.ts";

export type Child = {
  /** The next line it says; rejects when it has ended instead. */
  readonly line: () => Promise<string>;
  /** Everything it says from now to its end. */
  readonly rest: () => Promise<readonly string[]>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Exit code, or the signal that ended it. */
  readonly ended: () => Promise<number | string>;
};

export type Start = (role: string, path: string, more?: string) => Child;

/** `shell` is put before the command, in `sh`: limits of the process for example. */
export function children({ shell = "" }: { readonly shell?: string } = {}): Start {
  let compiled: Compiled | undefined;
  const running = new Set<ChildProcess>();

  beforeAll(async () => {
    compiled = await compiledChild();
  });
  afterEach(async () => {
    const ended = [...running].map((child) => once(child, "close"));
    for (const child of running) child.kill("SIGKILL");
    await Promise.all(ended);
  });
  afterAll(async () => {
    await compiled?.remove();
  });

  return (role, path, more = "") => {
    const args = [compiled?.entry ?? "", role, path, more];
    const process_ = spawn("sh", ["-c", `${shell} exec "$0" "$@"`, process.execPath, ...args], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    running.add(process_);
    const closed = once(process_, "close").then(([code, signal]: unknown[]) => {
      running.delete(process_);
      return typeof code === "number" ? code : String(signal);
    });
    const lines = createInterface({ input: process_.stdout })[Symbol.asyncIterator]();
    return {
      kill: (signal) => process_.kill(signal),
      ended: () => closed,
      line: async () => {
        const next = await lines.next();
        if (next.done) throw new Error(`${role} ended with ${await closed} and said nothing more`);
        return next.value;
      },
      rest: async () => {
        const said: string[] = [];
        for (let next = await lines.next(); !next.done; next = await lines.next()) said.push(next.value);
        return said;
      },
    };
  };
}
