// How a run ended, for who called it: its document, or an error to throw.
import { GleitzeitError, type Json, type RunId } from "../../domain/index.ts";
import {
  awakeFor,
  type DriveEnd,
  type Driving,
  driveOrWait,
  type ErrorJson,
  historyOf,
  type RunDocument,
  reportOf,
  runDocument,
  type Waiting,
} from "../../engine/index.ts";
import { TASK } from "./one-task.ts";

export const documentOf = async (driving: Driving, run: RunId): Promise<RunDocument> =>
  runDocument(await reportOf(driving, await historyOf(driving, run)));

/** Stays with a run, whoever drives it, until it has ended or is paused. */
export async function endOf(
  waiting: Waiting,
  driving: Driving,
  run: RunId,
  driven: Promise<DriveEnd> | undefined,
): Promise<RunDocument> {
  const first = driven && (await awakeFor(waiting.clock, driven));
  const how = !first || first.kind === "taken-over" ? await driveOrWait(waiting, driving, run) : first;
  if (how.kind !== "stopped") return documentOf(driving, run);
  throw new GleitzeitError(
    "INTERRUPTED",
    `the engine was closed before run ${run} ended; it can be resumed`,
    {
      details: { runId: run },
    },
  );
}

/** The document of a run that succeeded; of any other an error that says what happened. */
export function succeeded(document: RunDocument): RunDocument {
  const { runId, status, error } = document;
  if (status === "succeeded") return document;
  const details = { runId, status };
  if (error) throw new GleitzeitError(error.code, error.message, { details, cause: causeOf(error) });
  throw new GleitzeitError("WORKFLOW_EXECUTION_FAILED", `run ${runId} did not end: it is ${status}`, {
    details,
  });
}

/** The result of the one task of a call; its own error where it has one. */
export function resultOf(document: RunDocument): Json {
  const task = document.tasks[TASK];
  if (document.status === "succeeded" && task) return task.result;
  if (task?.error) throw thrown(task.error, { runId: document.runId });
  succeeded(document);
  throw new GleitzeitError("INTERNAL_ERROR", `run ${document.runId} has no task ${TASK}`);
}

const causeOf = ({ cause }: ErrorJson): GleitzeitError | undefined => cause && thrown(cause);

const thrown = (error: ErrorJson, more: { readonly runId?: string } = {}): GleitzeitError =>
  new GleitzeitError(error.code, error.message, {
    details: { ...error.details, ...more },
    cause: causeOf(error),
  });
