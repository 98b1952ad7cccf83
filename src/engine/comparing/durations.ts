// How long a call took stands also in what some methods answer. That is no more a difference than any other duration.
import { isObject, type Json, type JsonObject } from "../../domain/index.ts";
import { isUnseen } from "./compared-run.ts";

/** The member of a result that tells it, and another by which such a result is known. */
const TOLD_BY: readonly (readonly [name: string, beside: string])[] = [
  ["execution_time", "stderr"],
  ["total_duration", "tokens_used"],
];

/** At any depth: results are handed on to other tasks, and are outputs. */
export function withoutDurations(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutDurations);
  if (!isObject(value) || isUnseen(value)) return value;
  const told = TOLD_BY.flatMap(([name, beside]) => (isTold(value, name, beside) ? [name] : []));
  const kept = Object.entries(value).filter(([name]) => !told.includes(name));
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutDurations(member)]));
}

const isTold = (result: JsonObject, name: string, beside: string): boolean =>
  typeof result[name] === "number" && result[beside] !== undefined;
