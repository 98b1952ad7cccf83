export type {
  ActorName,
  BatchRequest,
  CallOptions,
  Duration,
  EventOptions,
  EventStream,
  FailuresQuery,
  Gleitzeit,
  ListQuery,
  RequestOptions,
  RunHandle,
  RunPage,
  SubmitOptions,
  WorkflowSource,
} from "./gleitzeit.ts";
export { library } from "./library.ts";
