// The library's public door: an engine inside one's own program, providers of one's own, and how documents, events,
// runs and errors look.

export type {
  ActorName,
  BatchRequest,
  CallOptions,
  DecisionOptions,
  Duration,
  EventOptions,
  EventStream,
  FailuresQuery,
  Gleitzeit,
  ListQuery,
  RequestOptions,
  ResumeOptions,
  RunHandle,
  RunPage,
  SignalOptions,
  SubmitOptions,
  WorkflowSource,
} from "./adapters/library/index.ts";
export {
  type DefinedMethod,
  type DefinedProvider,
  defineProvider,
} from "./adapters/providers/defined/index.ts";
export { type OpenOptions, openGleitzeit } from "./compose/library.ts";
export {
  type Definition,
  ERROR_CODES,
  type ErrorCode,
  type ErrorInfo,
  GleitzeitError,
  type Json,
  type JsonObject,
  type Problem,
  RUN_STATUSES,
  type RunEvent,
  type RunStatus,
  TASK_STATUSES,
  type TaskStatus,
} from "./domain/index.ts";
export type {
  CallContext,
  CauseDocument,
  CausesFound,
  ErrorJson,
  EventJson,
  Health,
  Log,
  Method,
  MethodContext,
  Outcome,
  Provider,
  RunDocument,
  RunRowDocument,
  TaskDocument,
  TimelineDocument,
  WaitDocument,
} from "./engine/index.ts";
export type { RunDetail, RunRow, TaskDetail, Timeline } from "./projections/index.ts";
export { version } from "./version.ts";
