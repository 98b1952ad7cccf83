// The size to which every result is held, wherever it comes from: a provider, elements put together, a run's outputs, an agent.
import { type ErrorInfo, errorInfo, type Json } from "../../domain/index.ts";
import type { Kit } from "../host.ts";

const utf8 = new TextEncoder();
const MOST_BYTES_OF_A_UNIT = 3;

/** Exact only above `limit`: below it nobody wants to know. */
const bytesOf = (text: string, limit: number): number =>
  text.length * MOST_BYTES_OF_A_UNIT <= limit ? text.length : utf8.encode(text).length;

/** TASK_RESULT_INVALID for one that is too large. `what` begins the message: `the result has`. */
export function beyondLimit(
  { resultBytes: limit }: Kit["limits"],
  result: Json,
  what = "the result has",
): ErrorInfo | undefined {
  const size = bytesOf(JSON.stringify(result), limit);
  if (size <= limit) return undefined;
  return errorInfo("TASK_RESULT_INVALID", `${what} ${size} bytes, more than the limit of ${limit}`);
}
