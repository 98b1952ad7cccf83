import { z } from "zod";
import * as run from "./run-events.ts";
import * as task from "./task-events.ts";
import * as wait from "./wait-events.ts";

/** Every event that may stand in a run's stream. */
export const RunEvent = z.discriminatedUnion("type", [
  run.RunSubmitted,
  run.RunStarted,
  run.RunOwnerChanged,
  run.RunPaused,
  run.RunResumed,
  run.RunCancelRequested,
  run.RunCompensating,
  run.RunCancelled,
  run.RunSucceeded,
  run.RunFailed,
  run.RunArchived,
  run.ArchiveDeleted,
  task.TaskScheduled,
  task.TaskStarted,
  task.TaskLeaseExtended,
  task.TaskLost,
  task.TaskSucceeded,
  task.TaskFailed,
  task.TaskRetryScheduled,
  task.TaskFellBack,
  task.TaskSkipped,
  task.TaskCancelled,
  task.TasksAdded,
  wait.WaitStarted,
  wait.SignalReceived,
  wait.ApprovalRequested,
  wait.ApprovalDecided,
  wait.ChildRunStarted,
  wait.ChildRunFinished,
]);
export type RunEvent = z.infer<typeof RunEvent>;
export type RunEventType = RunEvent["type"];
export type RunEventOf<T extends RunEventType> = Extract<RunEvent, { type: T }>;
