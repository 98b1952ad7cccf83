// Which runs are there, and how does each stand?
import type {
  ErrorCode,
  Incarnation,
  Instant,
  Position,
  Priority,
  RecordedRunEvent,
  Revision,
  RunEventOf,
  RunId,
  RunStatus,
  TaskId,
} from "../domain/index.ts";
import { type Folded, projection } from "./projection.ts";

export type RunRow = {
  readonly run: RunId;
  readonly tenant: string;
  readonly workflow: RunEventOf<"RunSubmitted">["data"]["workflow"];
  readonly status: RunStatus;
  readonly priority: Priority;
  readonly tags: readonly string[];
  readonly submittedAt: Instant;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  readonly durationMs?: number;
  readonly error?: { readonly code: ErrorCode; readonly task?: TaskId };
  readonly forkedFrom?: { readonly run: RunId; readonly revision: Revision };
  /** The run and task that this one is a part of. */
  readonly parent?: { readonly run: RunId; readonly task: TaskId };
  readonly owner?: Incarnation;
  /** The pseudonym of whose personal data it holds. */
  readonly subject?: string;
  /** Of RunSubmitted: the order of the list, and its cursor. */
  readonly submittedPosition: Position;
};

export type RunList = Folded & { readonly rows: Map<RunId, RunRow> };

export const runList = projection<RunList>(() => ({ position: "start", rows: new Map() }), {
  RunSubmitted: ({ rows }, data, recorded) => rows.set(recorded.run, rowOf(data, recorded)),
  RunStarted: (list, { owner }, { run, recordedAt }) =>
    patch(list, run, { status: "running", startedAt: recordedAt, owner }),
  RunOwnerChanged: (list, { owner }, { run }) => patch(list, run, { owner }),
  RunPaused: (list, _, { run }) => patch(list, run, { status: "paused" }),
  RunResumed: (list, _, { run }) => patch(list, run, { status: "running" }),
  RunCompensating: (list, _, { run }) => patch(list, run, { status: "compensating" }),
  RunSucceeded: (list, { durationMs }, { run, recordedAt }) =>
    patch(list, run, { status: "succeeded", endedAt: recordedAt, durationMs }),
  RunCancelled: (list, { durationMs }, { run, recordedAt }) =>
    patch(list, run, { status: "cancelled", endedAt: recordedAt, durationMs }),
  RunFailed: (list, { durationMs, error: { code }, task }, { run, recordedAt }) => {
    const error = { code, ...(task !== undefined && { task }) };
    patch(list, run, { status: "failed", endedAt: recordedAt, durationMs, error });
  },
  RunArchived: ({ rows }, _, { run }) => rows.delete(run),
});

function rowOf(data: RunEventOf<"RunSubmitted">["data"], recorded: RecordedRunEvent): RunRow {
  return {
    run: recorded.run,
    tenant: recorded.metadata.tenant,
    workflow: data.workflow,
    status: "pending",
    priority: data.priority,
    tags: data.tags ?? [],
    submittedAt: recorded.recordedAt,
    submittedPosition: recorded.position,
    ...(data.subject !== undefined && { subject: data.subject }),
    ...(data.parent && { parent: { run: data.parent.run, task: data.parent.task } }),
    ...(data.forkedFrom && {
      forkedFrom: { run: data.forkedFrom.run, revision: data.forkedFrom.revision },
    }),
  };
}

function patch({ rows }: RunList, run: RunId, change: Partial<RunRow>): void {
  const row = rows.get(run);
  if (row) rows.set(run, { ...row, ...change });
}
