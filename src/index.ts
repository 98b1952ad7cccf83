// The library's public door: how documents, events, runs and errors look, for programs that read what this one writes.
// Opening an engine from code comes with a later version; until then the command line is the way in.

export {
  ERROR_CODES,
  type ErrorCode,
  type ErrorInfo,
  GleitzeitError,
  type Problem,
  RUN_STATUSES,
  type RunEvent,
  type RunStatus,
  TASK_STATUSES,
  type TaskStatus,
} from "./domain/index.ts";
export type { Health, Method, Outcome, Provider } from "./engine/index.ts";
export type { RunDetail, RunRow, TaskDetail, Timeline } from "./projections/index.ts";
export { version } from "./version.ts";
