// Keys of the Python original that did something else, or nothing.
import type { JsonObject } from "../json.ts";
import { isBatch } from "./document.ts";
import { type Change, differs } from "./old-change.ts";
import { isPython } from "./python-tasks.ts";
import type { TaskView } from "./task-views.ts";

export function* ofDocument(document: JsonObject, tasks: readonly TaskView[]): Generator<Change> {
  if (document.timeout !== undefined)
    yield differs("`timeout` was ignored; the run is stopped after it and fails", ["timeout"], "key");
  if (document.wait_for_completion !== undefined) {
    const message = "`wait_for_completion` has no effect; `gleitzeit run --detach` does not wait";
    yield differs(message, ["wait_for_completion"], "key");
  }
  if (document.providers !== undefined)
    yield differs(
      "`providers` was noted only; each must be there, or the run is refused",
      ["providers"],
      "key",
    );
  if (isBatch(document)) {
    const message =
      "files are taken in the order of their names, each task has a `context` of its own (all had the last file's), and a file that fails fails the run in the end, exit 1";
    yield differs(message, ["batch"], "key");
  }
  const waits = tasks.some(({ dependencies }) => dependencies.length > 0);
  if (!waits) return;
  const message =
    "a task that fails fails the run, exit 1, and skips what depends on it (that ran on, and the run was `completed`); `on_failure: continue` goes on";
  yield differs(message, ["tasks"], "key");
}

export function* ofTask({ written, params, path }: TaskView): Generator<Change> {
  if (written.timeout !== undefined) {
    const message =
      "`timeout` was not held to; the attempt is stopped after it, and tried again up to `retry.max_attempts`";
    yield differs(message, [...path, "timeout"], "key");
  }
  if (written.retry !== undefined) {
    const message =
      "`retry` never happened; now it does, for errors that may pass. A script that raises is tried again only with `retry.on: [TASK_EXECUTION_FAILED]`";
    yield differs(message, [...path, "retry"], "key");
  }
  if (isPython(written) && params.timeout !== undefined) {
    const message = "a script that is stopped at this `timeout` leaves no process behind, and its task fails";
    yield differs(message, [...path, "params", "timeout"], "key");
  }
}
