// What may be asked of a run. Outside doors send requests; the engine sends the rest.
import type { ErrorInfo } from "../errors.ts";
import type { Incarnation, Revision, RunId, TaskId } from "../ids.ts";
import type { Millis } from "../instant.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Steer } from "../workflow/graph.ts";
import type { SecretPlace } from "../workflow/secret-places.ts";
import type { Steps } from "./elements.ts";
import type { RunEventOf } from "./events.ts";
import type { BlobRef, Claim, Files } from "./parts.ts";

/** What TasksAdded names as its template when the items of a batch are meant. */
export const BATCH = "batch";

type Submission = RunEventOf<"RunSubmitted">["data"];

/** Beside the result, what the provider said of how it came about: control fields of TaskSucceeded. */
export type Served = Pick<
  RunEventOf<"TaskSucceeded">["data"],
  "provider" | "instance" | "tried" | "model" | "modelDigest" | "usage"
>;

export type RunRequest =
  | { readonly type: "PauseRun"; readonly reason?: string }
  /** `set`: what changes on the way, path → value (settings.ts). */
  | { readonly type: "ResumeRun"; readonly reason?: string; readonly set?: JsonObject }
  | { readonly type: "CancelRun"; readonly reason?: string }
  | {
      readonly type: "SendSignal";
      readonly name: string;
      readonly payload?: Json;
      readonly reason?: string;
    }
  | ApprovalRequest;

/** What somebody says to a task that asks for approval. */
export type ApprovalRequest = {
  readonly type: "DecideApproval";
  readonly task: TaskId;
  readonly decision: "approved" | "rejected";
  readonly reason?: string;
  readonly edit?: Json;
};

export type ChildOutcome =
  | { readonly status: "succeeded"; readonly result: Json }
  | {
      readonly status: "failed" | "cancelled";
      readonly error: ErrorInfo;
      /** In [0, 1), for jitter. */
      readonly fraction: number;
    };

export type RunCommand =
  | Exclude<RunRequest, ApprovalRequest>
  /** `by`: the id of the actor, as whoever took the request knows it; never of the request's own making. */
  | (ApprovalRequest & { readonly by: string })
  /** When the time is known: `at`, or so long from now. A wait for a signal has neither. */
  | { readonly type: "StartWait"; readonly task: TaskId; readonly at?: Millis; readonly afterMs?: Millis }
  | {
      readonly type: "RequestApproval";
      readonly task: TaskId;
      readonly message: string;
      /** Ids of actors, and the names they were made from. */
      readonly approvers?: { readonly ids: readonly string[]; readonly names: readonly string[] };
      readonly notBy: readonly string[];
    }
  | { readonly type: "EndWait"; readonly task: TaskId; readonly brought: Brought }
  | { readonly type: "SubmitRun"; readonly submission: Submission }
  /** `previous`: the dead owner whose run this is, as the caller saw it. */
  | { readonly type: "StartRun"; readonly owner: Incarnation; readonly previous?: Incarnation }
  /** The items of a batch are in `list`, those of a task that is repeated are `items`. */
  | {
      readonly type: "AddTasks";
      readonly template: TaskId | typeof BATCH;
      readonly count: number;
      readonly list?: BlobRef;
      readonly items?: readonly Json[];
      /** Of an agent. */
      readonly steps?: Steps;
      readonly agent?: AgentValues;
    }
  /** What an agent came to. */
  | { readonly type: "EndAgent"; readonly task: TaskId; readonly result: Json }
  | { readonly type: "FailAgent"; readonly task: TaskId; readonly error: ErrorInfo }
  /** What the elements of a task came to. With an error the results are kept only if somebody may use them. */
  | {
      readonly type: "GatherResults";
      readonly task: TaskId;
      readonly results?: readonly Json[];
      readonly error?: ErrorInfo;
    }
  | { readonly type: "GiveResult"; readonly task: TaskId; readonly result: Json }
  | { readonly type: "ReuseResult"; readonly task: TaskId; readonly from: Reused; readonly result: Json }
  /** Recorded there for the same call. */
  | { readonly type: "TakeCached"; readonly task: TaskId; readonly from: Reused; readonly result: Json }
  | {
      readonly type: "ScheduleTask";
      readonly task: TaskId;
      readonly params: JsonObject;
      readonly files?: Files;
      /** Of `files`, in their order. */
      readonly paths?: readonly string[];
      /** References are resolved. */
      readonly steer?: Steer;
      readonly idempotencyKey: string;
      readonly claim?: Claim;
      readonly cacheKey?: string;
      /** Where `params` name some; absent where they name none. */
      readonly secrets?: readonly SecretPlace[];
    }
  | { readonly type: "RetryTask"; readonly task: TaskId; readonly idempotencyKey: string }
  | { readonly type: "StartTask"; readonly task: TaskId; readonly claim: Claim }
  /** A task that is a run of its own. */
  | { readonly type: "StartChild"; readonly task: TaskId; readonly run: RunId }
  | {
      readonly type: "FinishChild";
      readonly task: TaskId;
      readonly attempt: number;
      readonly run: RunId;
      readonly outcome: ChildOutcome;
    }
  /** Its params cannot be resolved, or (`of`) its condition cannot be evaluated; then no fallback is tried. */
  | {
      readonly type: "RejectParams";
      readonly task: TaskId;
      readonly error: ErrorInfo;
      readonly of?: "condition";
    }
  | {
      readonly type: "CompleteTask";
      readonly task: TaskId;
      readonly attempt: number;
      readonly result: Json;
      readonly served: Served;
    }
  | {
      readonly type: "FailTask";
      readonly task: TaskId;
      readonly attempt: number;
      readonly error: ErrorInfo;
      readonly served: Pick<Served, "provider" | "instance" | "tried">;
      readonly evidence?: Json;
      readonly retryAfterMs?: Millis;
      /** In [0, 1), for jitter. */
      readonly fraction: number;
    }
  | {
      readonly type: "LoseTask";
      readonly task: TaskId;
      readonly attempt: number;
      readonly reason: RunEventOf<"TaskLost">["data"]["reason"];
    }
  /** `reason`: its condition does not hold; otherwise what it waited for decided. */
  | { readonly type: "SkipTask"; readonly task: TaskId; readonly reason?: "condition" }
  | { readonly type: "CancelTask"; readonly task: TaskId }
  /** What it was given cannot be read by anybody any more. */
  | { readonly type: "EraseRun" }
  | { readonly type: "FinishRun"; readonly outcome: Ending };

/** What the end of a wait needs from the log: the signal's payload, or what was said with each decision, in order. */
export type Brought = {
  readonly payload?: Json;
  readonly said?: readonly { readonly reason?: Json; readonly edit?: Json }[];
};

/** What stands beside the steps of an agent (TasksAdded). */
export type AgentValues = {
  readonly params?: JsonObject;
  readonly tools?: readonly Json[];
  readonly refused?: readonly Json[];
  readonly secrets?: readonly SecretPlace[];
};

export type Reused = { readonly run: RunId; readonly revision: Revision };

/** How a run ends, with what the end needs from the log. */
export type Ending =
  | { readonly kind: "succeeded"; readonly outputs: Json }
  | { readonly kind: "failed"; readonly cause: ErrorInfo; readonly task?: TaskId }
  | { readonly kind: "timed-out" }
  /** What its tasks did is undone: it ends with the error that stands in the log, if it failed. */
  | { readonly kind: "compensated"; readonly error?: ErrorInfo }
  | { readonly kind: "cancelled" };

export type RunCommandOf<T extends RunCommand["type"]> = Extract<RunCommand, { type: T }>;
