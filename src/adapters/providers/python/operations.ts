// What each method asks of an interpreter, and the result it makes of the answer.
import type { z } from "zod";
import { errorInfoOf, type JsonObject, parseDuration } from "../../../domain/index.ts";
import type { CallContext, Outcome } from "../../../engine/ports/index.ts";
import { possiblePaths } from "./file-needs.ts";
import { scriptAmong } from "./job-files.ts";
import type { Job } from "./messages.ts";
import { ExecuteParams, ValidateParams } from "./methods.ts";
import { type Kit, type Performed, perform, type Work } from "./perform.ts";

type Operation = (params: JsonObject, context: CallContext) => Promise<Outcome>;

export const operations = (kit: Kit): Readonly<Record<string, Operation>> => ({
  async execute(given, call) {
    const { timeout, args, ...params } = ExecuteParams.parse(given);
    const script = scriptOf(params, call);
    if (!script.ok) return script;
    // As it was given: a copy made while checking would lose a key named `__proto__`.
    const context = JSON.stringify(given.context ?? {});
    const job: Work["job"] = { op: "execute", ...script.source, args, context };
    const mentioned = possiblePaths([given.context, given.args]);
    const limit = parseDuration(timeout);
    return executed(await perform(kit, { job, mentioned, ...(limit.ok && { timeoutMs: limit.ms }) }, call));
  },

  async validate(given, context) {
    const script = scriptOf(ValidateParams.parse(given), context);
    if (!script.ok) return script;
    const job: Work["job"] = { op: "validate", ...script.source, args: [], context: "{}" };
    return plain(await perform(kit, { job, mentioned: [] }, context));
  },

  async info(_given, context) {
    const job: Work["job"] = { op: "info", name: "<info>", args: [], context: "{}" };
    return plain(await perform(kit, { job, mentioned: [] }, context));
  },
});

type Script =
  | { readonly ok: true; readonly source: Pick<Job, "name" | "file" | "code"> }
  | Extract<Outcome, { readonly ok: false }>;

function scriptOf({ file, code = "" }: z.infer<typeof ValidateParams>, context: CallContext): Script {
  if (file === undefined) return { ok: true, source: { name: "<code>", code } };
  try {
    const { path } = scriptAmong(context.files, file);
    return { ok: true, source: { name: path, file: path } };
  } catch (error) {
    return { ok: false, error: errorInfoOf(error) };
  }
}

function executed(performed: Performed): Outcome {
  if (!performed.ok) return performed;
  const { value, printed, truncated, took } = performed;
  const result: JsonObject = {
    result: value,
    output: printed.text("stdout"),
    stderr: printed.text("stderr"),
    success: true,
    execution_time: Math.round(took * 1000) / 1_000_000,
    execution_mode: "wasm",
    ...(truncated && { output_truncated: true }),
  };
  return { ok: true, result };
}

const plain = (performed: Performed): Outcome =>
  performed.ok ? { ok: true, result: performed.value } : performed;
