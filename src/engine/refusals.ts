// What is said to those that a run, or this process, cannot serve any more.
import { type Decision, GleitzeitError } from "../domain/index.ts";

export const runIsOver = (): GleitzeitError => new GleitzeitError("TASK_CANCELLED", "the run is over");

export const shuttingDown = (): GleitzeitError =>
  new GleitzeitError(
    "SYSTEM_SHUTDOWN",
    "the process is shutting down; `gleitzeit resume` goes on with the run",
  );

export const nameTaken: Decision = {
  kind: "rejected",
  rejection: { code: "RunAlreadySubmitted", message: "this run exists already" },
};
