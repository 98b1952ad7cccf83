// The document in its stored form. STORED FORMAT: the definition is hashed (JCS) and kept for ever; add, never rename
// or narrow.
//
// 1. It is the document as its author wrote it, in the dialect (snake_case), as plain JSON. Nothing is added: a default
//    that was left out stays out, so that the same text has the same hash in every version.
// 2. Names for one thing become one: `parameters` stands as `params`, `depends_on` as `dependencies`, and what a batch
//    template without `params` holds beside a task's own keys stands as its `params`.
// 3. Durations, priorities, methods and references stand as written; `compile` gives them their meaning.
// 4. A reader keeps keys that it does not know.
import { z } from "zod";
import * as leaves from "./leaves.ts";
import { Approval, Wait } from "./wait-document.ts";

const { boolean, count, duration, identifier, listOf, literal, map, oneOf, shape, text, value } = leaves;

const MANY = 1_000_000;
const priority = oneOf(["low", "normal", "high", "urgent", 1, 2, 3]);
const codes = listOf(leaves.errorCode, "a list of error codes");
/** An instant that a delay leads to must be one that can be written down. */
const delay = duration({ mostSeconds: 365 * 86_400 });
const taskTimeout = duration({ above: 0, mostSeconds: 86_400 });

export const InputDeclaration = shape({
  type: oneOf(["string", "number", "integer", "boolean", "array", "object"]),
  required: boolean.exactOptional(),
  default: value.exactOptional(),
  enum: listOf(value, "a list of choices").exactOptional(),
  description: text(1000).exactOptional(),
  /** What is given is the name of a secret. */
  secret: boolean.exactOptional(),
});
export type InputDeclaration = z.infer<typeof InputDeclaration>;

export const Retry = shape({
  max_attempts: count(1, 1000).exactOptional(),
  backoff: oneOf(["fixed", "linear", "exponential"]).exactOptional(),
  base_delay: delay.exactOptional(),
  max_delay: delay.exactOptional(),
  jitter: boolean.exactOptional(),
  on: codes.exactOptional(),
  never: codes.exactOptional(),
});
export type Retry = z.infer<typeof Retry>;

/** What is called instead, after the final failure; what it leaves out is as in the task. */
export const Fallback = shape({
  method: literal().exactOptional(),
  params: map.exactOptional(),
  provider: literal().exactOptional(),
});
export type Fallback = z.infer<typeof Fallback>;

/** What undoes a task that succeeded, when its run does not. */
export const Compensation = shape({
  method: literal(),
  params: map.exactOptional(),
  provider: literal().exactOptional(),
});
export type Compensation = z.infer<typeof Compensation>;

/** A result that was recorded for the same call may stand for a new one: `key` tells calls apart beside their params. */
export const Cache = shape({
  key: text(1000).exactOptional(),
  ttl: duration({ above: 0, mostSeconds: 3650 * 86_400 }).exactOptional(),
});

export const TaskDefinition = shape({
  id: identifier.exactOptional(),
  name: literal().exactOptional(),
  /** Absent where another key says what the task is. */
  method: literal().exactOptional(),
  workflow: literal(4096).exactOptional(),
  inputs: map.exactOptional(),
  wait: Wait.exactOptional(),
  approval: Approval.exactOptional(),
  protocol: literal().exactOptional(),
  params: map.exactOptional(),
  dependencies: listOf(literal(), "a list of task ids or names").exactOptional(),
  priority: priority.exactOptional(),
  timeout: taskTimeout.exactOptional(),
  metadata: map.exactOptional(),
  retry: Retry.exactOptional(),
  when: leaves.condition.exactOptional(),
  fallback: z
    .array(Fallback, { error: leaves.mustBe("a list of {method, params, provider}") })
    .readonly()
    .exactOptional(),
  compensate: Compensation.exactOptional(),
  cache: Cache.exactOptional(),
  on_failure: oneOf(["fail", "continue", "pause"]).exactOptional(),
  on_worker_lost: oneOf(["retry", "fail"]).exactOptional(),
  provider: literal().exactOptional(),
  for_each: leaves.elements.exactOptional(),
  max_parallel: count(1, MANY).exactOptional(),
  fail_fast: boolean.exactOptional(),
  /** The same as in `params`. */
  model: text(500).exactOptional(),
  /** Calls that say the same go to the same instance: while it can take them, or always. */
  affinity: text(1000).exactOptional(),
  hash_key: text(1000).exactOptional(),
});
export type TaskDefinition = z.infer<typeof TaskDefinition>;

export const Defaults = shape({
  timeout: taskTimeout.exactOptional(),
  retry: Retry.exactOptional(),
  provider: literal().exactOptional(),
});

export const Batch = shape({
  directory: literal(4096).exactOptional(),
  pattern: literal(1000).exactOptional(),
  files: listOf(literal(4096), "a list of paths").exactOptional(),
  max_file_size: count(1, Number.MAX_SAFE_INTEGER).exactOptional(),
  max_parallel: count(1, MANY).exactOptional(),
});
export type Batch = z.infer<typeof Batch>;

export const Definition = shape({
  name: literal(),
  id: identifier.exactOptional(),
  description: text(1000).exactOptional(),
  version: leaves.versionTag.exactOptional(),
  inputs: z
    .record(z.string(), InputDeclaration, { error: leaves.mustBe("a map of names to declarations") })
    .exactOptional(),
  tasks: z
    .array(TaskDefinition, { error: leaves.mustBe("a list of tasks") })
    .readonly()
    .exactOptional(),
  outputs: map.exactOptional(),
  timeout: duration({ above: 0 }).exactOptional(),
  deadline: text(100).exactOptional(),
  /** Whose personal data a run holds: a reference to an input. */
  subject: leaves.fromInput(1000).exactOptional(),
  timezone: literal().exactOptional(),
  max_parallel_tasks: count(1, MANY).exactOptional(),
  fail_fast: boolean.exactOptional(),
  priority: priority.exactOptional(),
  defaults: Defaults.exactOptional(),
  metadata: map.exactOptional(),
  tags: listOf(literal(), "a list of at most 100 texts", 100).exactOptional(),
  files: listOf(literal(1000), "a list of globs").exactOptional(),
  type: oneOf(["batch"]).exactOptional(),
  batch: Batch.exactOptional(),
  template: TaskDefinition.exactOptional(),
  protocol: literal().exactOptional(),
  wait_for_completion: boolean.exactOptional(),
  providers: listOf(literal(), "a list of provider names").exactOptional(),
});
export type Definition = z.infer<typeof Definition>;

export const isDefinition = (document: unknown): document is Definition =>
  Definition.safeParse(document).success;

export const isBatch = ({ type, batch }: { readonly type?: unknown; readonly batch?: unknown }): boolean =>
  type === "batch" || batch !== undefined;
