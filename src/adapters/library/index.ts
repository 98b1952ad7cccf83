// The engine for programs that bring it along: runs, events and answers as values and iterables.

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
} from "./gleitzeit.ts";
export { library } from "./library.ts";
