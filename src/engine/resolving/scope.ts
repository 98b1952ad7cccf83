// What references in a run mean: inputs, the run itself, and the values of tasks that have ended.
import {
  type Each,
  type ErrorInfo,
  errorInfo,
  errorOf,
  type Scope,
  type TaskValue,
  taskAt,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import type { Values } from "../log/encode.ts";
import { inputsNow } from "./settings.ts";
import { valuesOf } from "./values.ts";

/** `needs`: the tasks that may be asked for, by index. */
export async function scopeOf(
  kit: Kit,
  driven: Driven,
  needs: readonly number[],
  each?: Each,
): Promise<Scope> {
  const { facts, state } = driven;
  const revisions = needs.flatMap((index) => taskAt(state, index).outcomeAt ?? []);
  const values = revisions.length > 0 ? await valuesOf(kit, driven, revisions) : new Map<number, Values>();
  return {
    heads: state.graph.heads,
    inputs: await inputsNow(kit, driven),
    declared: state.graph.inputs,
    environment: kit.environment,
    runId: facts.run,
    ...(each && { each }),
    task: (index) => taskValue(driven, index, values),
  };
}

function taskValue({ state }: Driven, index: number, values: ReadonlyMap<number, Values>): TaskValue {
  const { status, outcomeAt, error } = taskAt(state, index);
  const at = values.get(outcomeAt ?? -1);
  switch (status) {
    case "succeeded":
      return { kind: "result", value: at?.result ?? null };
    case "failed":
      return {
        kind: "error",
        error: errorOf(error ?? unknownError, at?.error),
        ...(at?.result !== undefined && { results: at.result }),
      };
    case "skipped":
      return { kind: "skipped" };
    case "waiting":
    case "scheduled":
    case "running":
    case "retrying":
    case "cancelled":
      return { kind: "missing" };
  }
}

const unknownError = { code: "INTERNAL_ERROR", retryable: false } as const;

/** The final error of a task, both halves. */
export async function failureOf(kit: Kit, driven: Driven, index: number): Promise<ErrorInfo> {
  const scope = await scopeOf(kit, driven, [index]);
  const value = scope.task(index);
  return value.kind === "error" ? value.error : errorInfo("INTERNAL_ERROR", "the task did not fail");
}
