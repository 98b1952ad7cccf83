// A line of the run list, as `list --json` prints it and the library gives it. Add, never rename.
import type { ErrorCode, Instant, Priority, RunId, RunStatus, TaskId } from "../../domain/index.ts";
import type { RunRow, Wait } from "../../projections/index.ts";
import { type WaitDocument, waitDocument } from "./wait-document.ts";

export type RunRowDocument = {
  readonly runId: RunId;
  readonly workflow: {
    readonly id: string;
    readonly name: string;
    readonly version?: string;
    readonly hash: string;
  };
  readonly status: RunStatus;
  readonly priority: Priority;
  readonly tags: readonly string[];
  readonly submittedAt: Instant;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  readonly durationMs: number | null;
  readonly error: { readonly code: ErrorCode; readonly task?: TaskId } | null;
  readonly forkedFrom?: { readonly run: RunId; readonly revision: number };
  /** Of a run that goes on. */
  readonly waitsFor?: readonly (WaitDocument & { readonly task: TaskId })[];
  /** The run and task that this one is a part of. */
  readonly parent?: { readonly run: RunId; readonly task: TaskId };
};

/** `waits`: of a run that goes on. */
export function rowDocument(row: RunRow, waits?: readonly Wait[]): RunRowDocument {
  const {
    run,
    workflow,
    status,
    priority,
    tags,
    submittedAt,
    startedAt,
    endedAt,
    durationMs,
    error,
    forkedFrom,
    parent,
  } = row;
  return {
    runId: run,
    workflow: {
      id: workflow.id,
      name: workflow.name,
      ...(workflow.version !== undefined && { version: workflow.version }),
      hash: workflow.hash,
    },
    status,
    priority,
    tags: [...tags],
    submittedAt,
    ...(startedAt !== undefined && { startedAt }),
    ...(endedAt !== undefined && { endedAt }),
    durationMs: durationMs ?? null,
    error: error ? { code: error.code, ...(error.task !== undefined && { task: error.task }) } : null,
    ...(parent && { parent: { ...parent } }),
    ...(forkedFrom && { forkedFrom: { ...forkedFrom } }),
    ...(waits && { waitsFor: waits.map((wait) => ({ task: wait.task, ...waitDocument(wait) })) }),
  };
}
