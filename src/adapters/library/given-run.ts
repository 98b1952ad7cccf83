// A program's options as the engine takes them; what is wrong with them is told by name.
import {
  type Definition,
  GleitzeitError,
  type Millis,
  parseDuration,
  priorityOf,
} from "../../domain/index.ts";
import { type GivenRun, takenInputs } from "../../engine/index.ts";
import type { Duration, SubmitOptions } from "./gleitzeit.ts";

export function givenRun(
  { inputs: declared }: Definition,
  { inputs = {}, id, priority, timeout, reason }: SubmitOptions,
): GivenRun {
  if (id === "") throw new GleitzeitError("USAGE_ERROR", "`id` must not be empty");
  const named = priorityOf(priority);
  return {
    inputs: takenInputs(declared, inputs),
    ...(id !== undefined && { name: id }),
    ...(named !== undefined && { priority: named }),
    ...(timeout !== undefined && { timeoutMs: millisOf(timeout) }),
    ...(reason !== undefined && { reason }),
  };
}

function millisOf(timeout: Duration): Millis {
  const parsed = parseDuration(timeout);
  if (parsed.ok && parsed.ms > 0) return parsed.ms;
  throw new GleitzeitError(
    "USAGE_ERROR",
    `\`timeout\` takes seconds over 0, or a text such as "5m", not ${timeout}`,
  );
}
