// A definition compiled for folding: integer indexes, dependents, policies with their defaults filled in.
import type { ErrorCode } from "../errors.ts";
import type { TaskId } from "../ids.ts";
import type { Millis } from "../instant.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Priority } from "../priority.ts";
import type { Heads } from "./heads.ts";
import type { Declarations } from "./inputs.ts";
import type { Path } from "./problems.ts";
import type { Target } from "./target.ts";

export type RetryPolicy = {
  readonly maxAttempts: number;
  readonly backoff: "fixed" | "linear" | "exponential";
  readonly baseDelayMs: Millis;
  readonly maxDelayMs: Millis;
  readonly jitter: boolean;
  readonly on: readonly ErrorCode[];
  readonly never: readonly ErrorCode[];
};

/** `when`, with what follows from its text. */
export type Condition = {
  readonly text: string;
  readonly reads: readonly { readonly head: string; readonly path: Path }[];
  /** Tasks that it reads; each is a dependency. */
  readonly needs: readonly number[];
  /** The part of `needs` whose result it takes for granted. */
  readonly strictNeeds: readonly number[];
};

/** What a task that waits waits for; times and people are in its `params`, references unresolved. */
export type WaitNode =
  | { readonly kind: "signal"; readonly signal: string; readonly timeoutMs?: Millis }
  | { readonly kind: "timer"; readonly timezone?: string };

export type ApprovalNode = {
  readonly min: number;
  readonly timeoutMs?: Millis;
  readonly onTimeout: "fail" | "approve" | "reject";
};

/** What is called, and with what. */
export type Callee = {
  readonly protocol: string;
  readonly method: string;
  readonly provider?: string;
  /** As written, references unresolved. */
  readonly params: JsonObject;
  /** `params` contain a reference or a `$${`: they are not what the provider gets until they are resolved. */
  readonly isDynamic: boolean;
  /** Tasks whose result or error `params` refers to. */
  readonly needs: readonly number[];
};

/** Calls that say the same go to the same instance: while it can take them, or always. */
export type Steer = { readonly affinity?: string; readonly hashKey?: string };

export type TaskNode = Callee & {
  readonly index: number;
  readonly id: TaskId;
  readonly name: string;
  /** Indexes, declared and implied by references, each once, ascending. */
  readonly dependencies: readonly number[];
  /** Who waits for this one. */
  readonly dependents: readonly number[];
  /** Called in this order, each after the final failure of the one before. */
  readonly fallbacks: readonly Callee[];
  /** A recorded result of the same call may be taken; its key as written, references unresolved. */
  readonly cache?: { readonly key: string; readonly ttlMs?: Millis };
  /** Which of its provider's instances it goes to, as written, references unresolved. */
  readonly steer?: Steer;
  /** What undoes it when it has succeeded and its run does not. `needs` may hold the task itself. */
  readonly compensate?: Callee;
  /** Made by the run: this undoes the task at that index. */
  readonly compensates?: number;
  /** Tasks whose result is taken for granted, in `params` or `when`: if one of them was skipped, so is this task. */
  readonly strictNeeds: readonly number[];
  readonly when?: Condition;
  /** Infinity for a run of its own that nothing limits. */
  readonly timeoutMs: Millis;
  readonly retry: RetryPolicy;
  readonly priority: Priority;
  readonly onFailure: "fail" | "continue" | "pause";
  readonly onWorkerLost: "retry" | "fail";
  /** Taken if it speaks the protocol and the callee names none. */
  readonly preferredProvider?: string;
  /** Such tasks need no worker and have no attempts. */
  readonly wait?: WaitNode;
  readonly approval?: ApprovalNode;
  /** The task is a run of its own, of the workflow that its document calls by this name. */
  readonly child?: { readonly workflow: string };
  /** Batch only: the file of this item, as listed. */
  readonly batchFile?: string;
  /** This task is repeated: it has elements instead of attempts, and its result is the list of theirs. */
  readonly forEach?: ForEach;
  /** This task is an agent: turns of a model and calls of its tools, each an element. */
  readonly agent?: AgentNode;
  /** This is one of the tasks that the task at index `of` is made of. */
  readonly element?: { readonly of: number; readonly n: number };
  /** Of an element of an agent: what it is. */
  readonly step?: AgentStep;
};

/** A method that the model of an agent may call. */
export type AgentTool = Target & {
  /** By which the model calls it. */
  readonly name: string;
  readonly provider?: string;
  /** Where it has none of its own, those of the agent hold. */
  readonly retry?: RetryPolicy;
  readonly timeoutMs?: Millis;
  /** What its final failure means for the agent: `continue` tells the model. */
  readonly onFailure: "fail" | "continue";
  /** A person is asked before it is called. */
  readonly asks: boolean;
};

export type AgentNode = { readonly tools: readonly AgentTool[]; readonly approval: ApprovalNode };

/** `tool`: its place in the agent's list. */
export type AgentStep =
  | { readonly kind: "turn" }
  | { readonly kind: "approval" | "call"; readonly tool: number };

export type ForEach = {
  /** As written: a list, or the reference that gives one. */
  readonly list: Json;
  /** Tasks that `list` refers to. */
  readonly needs: readonly number[];
  readonly maxParallel: number | undefined;
  readonly failFast: boolean;
};

export type Graph = {
  readonly name: string;
  readonly nodes: readonly TaskNode[];
  readonly indexOf: ReadonlyMap<TaskId, number>;
  /** Ids and names as references and dependencies use them; part of the scope in which values are resolved. */
  readonly heads: Heads;
  /** As written; undefined means the whole results of `sinks`. */
  readonly outputs: JsonObject | undefined;
  /** Tasks whose values `outputs` needs (with defaults: the sinks). */
  readonly outputNeeds: readonly number[];
  /** Tasks nothing depends on. */
  readonly sinks: readonly number[];
  readonly maxParallelTasks: number | undefined;
  readonly timeoutMs: Millis | undefined;
  readonly failFast: boolean;
  readonly isBatch: boolean;
  readonly inputs: Declarations;
  /** Names of the signals that some task waits for. */
  readonly signals: ReadonlySet<string>;
};
