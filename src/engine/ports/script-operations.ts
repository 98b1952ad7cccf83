// The methods that every script language has, in terms of what an interpreter is asked. Params are checked before.
import { isList, type Json, type JsonObject, parseDuration } from "../../domain/index.ts";
import type { PerformScript, ScriptFailed, ScriptOperation, ScriptRan } from "./sandbox.ts";
import { possiblePaths } from "./script-files.ts";

/** `more` stands in each result of `execute`. */
export const scriptOperations =
  (more: JsonObject = {}) =>
  (perform: PerformScript): Readonly<Record<string, ScriptOperation>> => ({
    async execute(given, call) {
      const limit = parseDuration(given.timeout);
      const work = {
        op: "execute",
        ...sourceOf(given),
        args: isList(given.args) ? given.args.flatMap((arg) => text(arg) ?? []) : [],
        context: JSON.stringify(given.context ?? {}),
        mentioned: possiblePaths([given.context, given.args]),
        ...(limit.ok && { timeoutMs: limit.ms }),
      } as const;
      return executed(await perform(work, call), more);
    },
    validate: async (given, call) => plain(await perform({ op: "validate", ...sourceOf(given) }, call)),
    info: async (_given, call) => plain(await perform({ op: "info" }, call)),
  });

const text = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);

const sourceOf = ({ file, code }: JsonObject) => ({ file: text(file), code: text(code) });

function executed(ran: ScriptRan | ScriptFailed, more: JsonObject) {
  if (!ran.ok) return ran;
  const { value, stdout, stderr, truncated, tookMs, instance } = ran;
  const result: JsonObject = {
    result: value,
    output: stdout,
    stderr,
    success: true,
    execution_time: Math.round(tookMs * 1000) / 1_000_000,
    ...more,
    ...(truncated && { output_truncated: true }),
  };
  return { ok: true, result, ...(instance !== undefined && { instance }) } as const;
}

function plain(ran: ScriptRan | ScriptFailed) {
  if (!ran.ok) return ran;
  const { value: result, instance } = ran;
  return { ok: true, result, ...(instance !== undefined && { instance }) } as const;
}
