// What a task waits for, in words.
import type { Wait } from "../../../projections/index.ts";
import { duration } from "./text.ts";

export function waitText({ signal, approval, dueAt }: Wait, now: number): string {
  const left = dueAt === undefined ? "" : duration(Math.max(0, dueAt - now));
  if (signal !== undefined) return `waits for signal ${signal}${left && `, ${left} more`}`;
  if (!approval) return `waits ${left} more`;
  const { min, approvedBy } = approval;
  const counts = min > 1 ? ` (${approvedBy.length} of ${min})` : "";
  return `waits for approval${counts}${left && `, ${left} more`}`;
}
