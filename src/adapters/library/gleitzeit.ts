// What a program that opens an engine of its own can ask of it.
import type { Observable } from "rxjs";
import type {
  Definition,
  ErrorCode,
  Json,
  JsonObject,
  Priority,
  RunId,
  RunStatus,
} from "../../domain/index.ts";
import type {
  CausesFound,
  EventJson,
  RunDocument,
  RunRowDocument,
  TimelineDocument,
} from "../../engine/index.ts";

/** A path, a `file:` URL, or the document itself. */
export type WorkflowSource = string | URL | Definition | JsonObject;

/** A number is seconds; also `"200ms"`, `"5m"`, `"1h30m"`. */
export type Duration = number | string;

export type RequestOptions = {
  /** Recorded with what is asked. */
  readonly reason?: string;
  /** Who asks, where it is not the one the engine was opened for. */
  readonly actor?: ActorName;
};

export type ResumeOptions = RequestOptions & {
  /** What changes on the way: `inputs.x`, `tasks.<id>.params.x` or `tasks.<id>.result` → value. */
  readonly set?: JsonObject;
};

export type SignalOptions = RequestOptions & {
  /** The result of the tasks that wait for it. */
  readonly data?: Json;
};

export type DecisionOptions = RequestOptions & {
  /** What the approver gives along: `edit` in the task's result. */
  readonly edit?: Json;
};

export type SubmitOptions = RequestOptions & {
  readonly inputs?: JsonObject;
  /** The caller's own name for the run, also its idempotency key: the same request again is the same run. */
  readonly id?: string;
  readonly priority?: Priority | 1 | 2 | 3;
  /** For the whole run. */
  readonly timeout?: Duration;
  /** Whose personal data it holds: it is sealed with that person's key. */
  readonly subject?: string;
  /** Of a document given as a value: what relative paths in it start from. */
  readonly folder?: string;
};

/** An opaque id of one's own, or a name, which stays out of the log: it holds a keyed hash of it. */
export type ActorName =
  | { readonly type: "user" | "service"; readonly id: string; readonly onBehalfOf?: string }
  | { readonly type: "user" | "service"; readonly name: string };

export type CallOptions = Omit<SubmitOptions, "inputs" | "subject"> & {
  /** A provider by name, where several speak the protocol. */
  readonly provider?: string;
  /** As in a document: `{max_attempts, backoff, base_delay, …}`. */
  readonly retry?: JsonObject;
};

export type BatchRequest = {
  readonly directory: string;
  readonly pattern?: string;
  /** A task without its id: its method and params; each file is added to the params. */
  readonly template: JsonObject;
  readonly maxParallel?: number;
  readonly maxFileSize?: number;
  readonly name?: string;
};

export type ListQuery = {
  readonly status?: readonly RunStatus[];
  /** Id or name. */
  readonly workflow?: string;
  /** Something failed in it with this code. */
  readonly error?: ErrorCode;
  /** A task of the document, which failed (with `error`, if that is given), or which the run is at. */
  readonly task?: string;
  readonly tag?: string;
  /** A task waits for its next attempt. */
  readonly retrying?: boolean;
  /** Not over, and nothing has happened for so long. */
  readonly stuck?: Duration;
  /** Submitted then or later; an instant such as `2026-03-01T12:00:00Z`. */
  readonly since?: string | Date;
  /** 50 by default, 500 at most. */
  readonly limit?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
};

export type FailuresQuery = {
  readonly by?: "code" | "task" | "model" | "workflow";
  /** Failed then or later; an instant such as `2026-03-01T12:00:00Z`. */
  readonly since?: string | Date;
  /** 50 by default, 500 at most. */
  readonly limit?: number;
};

export type RunPage = { readonly items: readonly RunRowDocument[]; readonly nextCursor: string | null };

export type EventOptions = {
  /** `start` by default; `now`; or the position of an event, to go on after it. */
  readonly after?: string;
  /** False: what is there, and no more. */
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
};

/** Each subscription and each loop reads for itself, from its own beginning. */
export type EventStream = Observable<EventJson> & AsyncIterable<EventJson>;

export type RunHandle = {
  readonly runId: RunId;
  /** False when the id stood for this very request already. */
  readonly created: boolean;
  /** Resolves when the run has ended or is paused, however it ended; `status` says which. */
  end(): Promise<RunDocument>;
  events(options?: EventOptions): EventStream;
};

export interface Gleitzeit {
  /** Resolves once the run is durable in the log. */
  submit(workflow: WorkflowSource, options?: SubmitOptions): Promise<RunHandle>;
  /** Submits and waits. Rejects unless the run succeeded. */
  run(workflow: WorkflowSource, options?: SubmitOptions): Promise<RunDocument>;
  /** One task as a run: its result, or its error thrown. Params are taken literally. */
  call(method: string, params?: JsonObject, options?: CallOptions): Promise<Json>;
  /** One task for each file of a directory, as a run. An item that failed is told in its task. */
  batch(request: BatchRequest, options?: Omit<SubmitOptions, "inputs" | "subject">): Promise<RunDocument>;
  /** A run by its id, the beginning of it, or the caller's own name for it. */
  get(run: string): Promise<RunDocument>;
  list(query?: ListQuery): Promise<RunPage>;
  /** What goes wrong, the most frequent cause first: how often, in how many runs, and the latest as an example. */
  failures(query?: FailuresQuery): Promise<CausesFound>;
  cancel(run: string, options?: RequestOptions): Promise<RunDocument>;
  pause(run: string, options?: RequestOptions): Promise<RunDocument>;
  /** Goes on with a run that was paused, or whose process is gone. */
  resume(run: string, options?: ResumeOptions): Promise<RunHandle>;
  /** For the tasks that wait for it, or will. */
  signal(run: string, name: string, options?: SignalOptions): Promise<RunDocument>;
  /** As the actor of the engine or of the options, who has to be one of the task's approvers if it names any. */
  approve(run: string, task: string, options?: DecisionOptions): Promise<RunDocument>;
  reject(run: string, task: string, options?: DecisionOptions): Promise<RunDocument>;
  /** Who waited for what, how long, and which tasks made the run take its time. */
  timeline(run: string): Promise<TimelineDocument>;
  /** A linked new run that takes over what succeeded. */
  retry(run: string, options?: RequestOptions): Promise<RunHandle>;
  /** Of one run, ending with it; or of all runs, ending with `signal` or `close`. */
  events(run?: string, options?: EventOptions): EventStream;
  /** Stops what runs, leaves every run resumable, leaves nothing open. Idempotent. */
  close(): Promise<void>;
}
