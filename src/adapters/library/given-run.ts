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
  { inputs = {}, id, priority, timeout, reason, subject }: SubmitOptions,
): GivenRun {
  if (id === "") throw new GleitzeitError("USAGE_ERROR", "`id` must not be empty");
  const named = priorityOf(priority);
  return {
    inputs: takenInputs(declared, inputs),
    ...(id !== undefined && { name: id }),
    ...(named !== undefined && { priority: named }),
    ...(subject !== undefined && { subject }),
    ...(timeout !== undefined && { timeoutMs: millisIn("timeout", timeout) }),
    ...(reason !== undefined && { reason }),
  };
}

export function millisIn(option: string, duration: Duration): Millis {
  const parsed = parseDuration(duration);
  if (parsed.ok && parsed.ms > 0) return parsed.ms;
  throw new GleitzeitError(
    "USAGE_ERROR",
    `\`${option}\` takes seconds over 0, or a text such as "5m", not ${duration}`,
  );
}
