// A script provider with real children, for tests of any language.
import { randomUUID } from "node:crypto";
import { systemClock } from "../../../src/adapters/host/index.ts";
import { processGroups } from "../../../src/adapters/processes/index.ts";
import { type SandboxOptions, sandbox } from "../../../src/adapters/sandbox/index.ts";
import { isObject, type Json, type JsonObject, RunId } from "../../../src/domain/index.ts";
import type {
  CallContext,
  Outcome,
  Processes,
  Sandbox,
  ScriptOptions,
  ScriptProvider,
} from "../../../src/engine/ports/index.ts";
import { callContext, silent } from "./call-context.ts";
import { errorOf, resultOf } from "./outcomes.ts";

export const newRun = (): RunId => RunId.parse(randomUUID());

export type BoxOptions = Partial<ScriptOptions & SandboxOptions>;

export type ScriptBox = {
  readonly provider: ScriptProvider;
  readonly processes: Processes;
  readonly execute: (params: JsonObject, context?: Given) => Promise<Outcome>;
  /** The script's own result. */
  readonly result: (code: string, context?: Given) => Promise<Json | undefined>;
  readonly failure: (code: string, context?: Given) => Promise<ReturnType<typeof errorOf>>;
  readonly close: () => Promise<void>;
};

export type Given = Partial<CallContext> & { readonly texts?: Readonly<Record<string, string>> };

/** Calls without a run of their own share one. */
export function scriptBox(
  open: (options: ScriptOptions & { readonly sandbox: Sandbox }) => ScriptProvider,
  { processes = processGroups(), clock = systemClock(), log = silent, cacheFolder, ...options }: BoxOptions,
): ScriptBox {
  const host = { processes, clock, log, ...(cacheFolder !== undefined && { cacheFolder }) };
  const provider = open({ interpreters: 2, ...options, sandbox: sandbox(host) });
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
