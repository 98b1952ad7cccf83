// The instants of a decision as the record has them.
import type { RunEvent } from "../../domain/index.ts";

/** `event` with what `recorded`, of the same type, says of time. */
export function withDue(event: RunEvent, recorded: RunEvent): RunEvent {
  if (event.type === "TaskRetryScheduled" && recorded.type === "TaskRetryScheduled") {
    const { dueAt, delayMs } = recorded.data;
    return { ...event, data: { ...event.data, dueAt, delayMs } };
  }
  if (event.type === "WaitStarted" && recorded.type === "WaitStarted") {
    const { dueAt: _, ...data } = event.data;
    const { dueAt } = recorded.data;
    return { ...event, data: { ...data, ...(dueAt !== undefined && { dueAt }) } };
  }
  if (event.type === "ApprovalRequested" && recorded.type === "ApprovalRequested") {
    const { dueAt: _, ...data } = event.data;
    const { dueAt } = recorded.data;
    return { ...event, data: { ...data, ...(dueAt !== undefined && { dueAt }) } };
  }
  return event;
}
