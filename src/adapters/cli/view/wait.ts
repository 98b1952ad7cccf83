// What a task waits for, in words.
import { millisOf } from "../../../domain/index.ts";
import type { WaitDocument } from "../../../engine/index.ts";
import { duration } from "./text.ts";

export function waitText({ kind, signal, min = 1, approvals = 0, dueAt }: WaitDocument, now: number): string {
  const left = dueAt === undefined ? "" : duration(Math.max(0, millisOf(dueAt) - now));
  if (kind === "signal") return `waits for signal ${signal}${left && `, ${left} more`}`;
  if (kind === "time") return `waits ${left} more`;
  const counts = min > 1 ? ` (${approvals} of ${min})` : "";
  return `waits for approval${counts}${left && `, ${left} more`}`;
}
