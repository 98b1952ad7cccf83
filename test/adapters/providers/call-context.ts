// What a provider is handed with a call, for tests: files in memory, a signal to pull, chunks collected.
import { createHash } from "node:crypto";
import { RunId, TaskId } from "../../../src/domain/index.ts";
import type { CallContext, CapturedFile, Log } from "../../../src/engine/ports/index.ts";

export const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const run = RunId.parse("0191f3a1-7c00-7000-8000-000000000001");

export function callContext(
  given: Partial<CallContext> = {},
  texts: Readonly<Record<string, string>> = {},
): CallContext {
  const contents = new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
  const files = [...contents].map(([path, bytes]): CapturedFile => {
    const hash = `sha256-${createHash("sha256").update(bytes).digest("hex")}`;
    return { path, hash, size: bytes.length };
  });
  return {
    run,
    task: TaskId.parse("sample"),
    attempt: 1,
    idempotencyKey: `${run}/sample`,
    signal: new AbortController().signal,
    timeoutMs: 60_000,
    files,
    readFile: async ({ path }) => {
      const bytes = contents.get(path);
      if (!bytes) throw new Error(`no file ${path}`);
      return bytes;
    },
    log: silent,
    emit: () => undefined,
    ...given,
  };
}
