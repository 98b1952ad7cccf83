// A Python provider with real children, for tests. Memory images are shared, so that only the first start is a cold one.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock } from "../../../../src/adapters/host/index.ts";
import { processGroups } from "../../../../src/adapters/processes/index.ts";
import {
  type PythonOptions,
  type PythonProvider,
  pythonProvider,
} from "../../../../src/adapters/providers/python/index.ts";
import { isObject, type Json, type JsonObject, RunId } from "../../../../src/domain/index.ts";
import type { CallContext, Outcome, Processes } from "../../../../src/engine/ports/index.ts";
import { callContext, silent } from "../call-context.ts";
import { errorOf, resultOf } from "../outcomes.ts";

export const cacheFolder = join(fileURLToPath(new URL("../../../..", import.meta.url)), ".tmp", "python");

export const newRun = (): RunId => RunId.parse(randomUUID());

export type Sandbox = {
  readonly provider: PythonProvider;
  readonly processes: Processes;
  readonly execute: (params: JsonObject, context?: Given) => Promise<Outcome>;
  /** The script's own result. */
  readonly result: (code: string, context?: Given) => Promise<Json | undefined>;
  readonly failure: (code: string, context?: Given) => Promise<ReturnType<typeof errorOf>>;
  readonly close: () => Promise<void>;
};

export type Given = Partial<CallContext> & { readonly texts?: Readonly<Record<string, string>> };

/** Calls without a run of their own share one. */
export function sandbox(options: Partial<PythonOptions> = {}): Sandbox {
  const processes = processGroups();
  const provider = pythonProvider({
    processes,
    clock: systemClock(),
    log: silent,
    interpreters: 2,
    cacheFolder,
    ...options,
  });
  const run = newRun();
  const execute = (params: JsonObject, { texts, ...given }: Given = {}): Promise<Outcome> =>
    provider.execute({ method: "execute", params }, callContext({ run, ...given }, texts));
  return {
    provider,
    processes,
    execute,
    result: async (code, given) => memberOf(resultOf(await execute({ code }, given)), "result"),
    failure: async (code, given) => errorOf(await execute({ code }, given)),
    async close() {
      await provider.close();
      await processes.closeAll();
    },
  };
}

export const memberOf = (value: Json | undefined, key: string): Json | undefined =>
  isObject(value) ? value[key] : undefined;
