// What each method asks of an interpreter, and the result it makes of the answer.
import { type JsonObject, parseDuration } from "../../../domain/index.ts";
import {
  type PerformScript,
  possiblePaths,
  type ScriptFailed,
  type ScriptOperation,
  type ScriptRan,
} from "../../../engine/ports/index.ts";
import { ExecuteParams, ValidateParams } from "./methods.ts";

export const operations = (perform: PerformScript): Readonly<Record<string, ScriptOperation>> => ({
  async execute(given, call) {
    const { file, code, args, timeout } = ExecuteParams.parse(given);
    const limit = parseDuration(timeout);
    const work = {
      op: "execute",
      file,
      code,
      args,
      // As it was given: a copy made while checking would lose a key named `__proto__`.
      context: JSON.stringify(given.context ?? {}),
      mentioned: possiblePaths([given.context, given.args]),
      ...(limit.ok && { timeoutMs: limit.ms }),
    } as const;
    return executed(await perform(work, call));
  },

  async validate(given, call) {
    const { file, code } = ValidateParams.parse(given);
    return plain(await perform({ op: "validate", file, code }, call));
  },

  info: async (_given, call) => plain(await perform({ op: "info" }, call)),
});

function executed(ran: ScriptRan | ScriptFailed) {
  if (!ran.ok) return ran;
  const { value, stdout, stderr, truncated, tookMs } = ran;
  const result: JsonObject = {
    result: value,
    output: stdout,
    stderr,
    success: true,
    execution_time: Math.round(tookMs * 1000) / 1_000_000,
    execution_mode: "wasm",
    ...(truncated && { output_truncated: true }),
  };
  return { ok: true, result } as const;
}

const plain = (ran: ScriptRan | ScriptFailed) => (ran.ok ? ({ ok: true, result: ran.value } as const) : ran);
