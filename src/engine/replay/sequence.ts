// What happens to one task, or to the run itself, has an order that every replay must keep; how the tasks' own orders lie
// between each other is an accident of the clock.
import { BATCH, type RunEvent } from "../../domain/index.ts";

/** Where decisions about the run itself stand. */
export const RUN = "";

/** Undefined for what only came from outside, and for who works on what. */
export function sequenceOf(event: RunEvent): string | undefined {
  switch (event.type) {
    case "TaskScheduled":
    case "TaskLost":
    case "TaskSucceeded":
    case "TaskFailed":
    case "TaskRetryScheduled":
    case "TaskFellBack":
    case "TaskSkipped":
    case "TaskCancelled":
    case "WaitStarted":
    case "ApprovalRequested":
    case "ChildRunStarted":
    case "ChildRunFinished":
      return event.data.task;
    case "TasksAdded":
      return event.data.template === BATCH ? RUN : event.data.template;
    case "RunPaused":
      return event.data.cause === "task-failed" ? RUN : undefined;
    case "RunCompensating":
    case "RunCancelled":
    case "RunSucceeded":
    case "RunFailed":
      return RUN;
    case "RunSubmitted":
    case "RunStarted":
    case "RunOwnerChanged":
    case "RunResumed":
    case "RunCancelRequested":
    case "SignalReceived":
    case "ApprovalDecided":
    case "TaskStarted":
    case "TaskLeaseExtended":
    case "RunArchived":
    case "ArchiveDeleted":
      return undefined;
  }
}
