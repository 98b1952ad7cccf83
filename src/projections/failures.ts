// What has failed for good, in which run and task, and where can the values of each failure be read?
//
// Each failure is a row of its own, so that a run in which 50,000 elements fail costs no more an event than any other.
// A run has a row while it is under way, and keeps it if something failed in it.
import {
  type ErrorCode,
  type Instant,
  millisOf,
  type RecordedRunEvent,
  type Revision,
  type RunEventOf,
  type RunId,
  type TaskId,
} from "../domain/index.ts";
import { type Folded, projection } from "./projection.ts";
import { taskOfElement } from "./task-of-element.ts";
import { withoutRun } from "./without-run.ts";

export type Failure = {
  readonly run: RunId;
  readonly tenant: string;
  readonly workflow: { readonly id: string; readonly name: string };
  /** Absent when the run itself failed: its time was up, an output was missing. */
  readonly task?: TaskId;
  readonly code: ErrorCode;
  readonly provider?: string;
  readonly at: Instant;
  /** Of the failure; its message lies there. */
  readonly revision: Revision;
  /** Where the params of the failed call lie; absent when there was no call. */
  readonly paramsAt?: Revision;
};

/** What failures have in common. */
export const FAILURE_TRAITS = ["code", "task", "workflow"] as const;
export type FailureTrait = (typeof FAILURE_TRAITS)[number];

export type FailingRun = Pick<Failure, "tenant" | "workflow"> & {
  /** Tasks that are repeated: they fail because an element did, which is counted already. */
  readonly repeated: Set<string>;
  /** Of calls that are under way. */
  readonly params: Map<TaskId, Revision>;
  /** When last, by trait and what it is. */
  readonly last: Map<FailureTrait, Map<string, number>>;
};

export type FailureRow = { readonly failure: Failure } | { readonly run: FailingRun };

/** By run, and by run and revision. */
export type Failures = Folded & { readonly rows: Map<string, FailureRow> };

export const failures = projection<Failures>(() => ({ position: "start", rows: new Map() }), {
  RunSubmitted: ({ rows }, { workflow: { id, name } }, { run, metadata: { tenant } }) =>
    rows.set(run, {
      run: { tenant, workflow: { id, name }, repeated: new Set(), params: new Map(), last: new Map() },
    }),
  TasksAdded: ({ rows }, { template, steps }, { run }) => {
    if (!steps) failing(rows, run)?.repeated.add(template);
  },
  TaskScheduled: ({ rows }, { task, paramsFrom }, { run, revision }) =>
    failing(rows, run)?.params.set(task, paramsFrom ?? revision),
  TaskSucceeded: ({ rows }, { task }, { run }) => failing(rows, run)?.params.delete(task),
  TaskCancelled: ({ rows }, { task }, { run }) => failing(rows, run)?.params.delete(task),
  TaskFailed: ({ rows }, data, recorded) => {
    const run = failing(rows, recorded.run);
    if (!run || !data.final) return;
    if (!isOfElements(run, data)) add(rows, run, recorded, data);
    run.params.delete(data.task);
  },
  RunFailed: ({ rows }, { error, task }, recorded) => {
    const run = failing(rows, recorded.run);
    if (run && task === undefined) add(rows, run, recorded, { error });
    over(rows, recorded.run);
  },
  RunSucceeded: ({ rows }, _, { run }) => over(rows, run),
  RunCancelled: ({ rows }, _, { run }) => over(rows, run),
  RunArchived: ({ rows }, _, { run }) => withoutRun(rows, run),
});

type Rows = Failures["rows"];
type Failed = RunEventOf<"TaskFailed">["data"];

const isOfElements = ({ repeated }: FailingRun, { task, attempt }: Failed): boolean =>
  attempt === 0 && repeated.has(task);

function failing(rows: Rows, id: RunId): FailingRun | undefined {
  const row = rows.get(id);
  return row && "run" in row ? row.run : undefined;
}

function add(
  rows: Rows,
  { workflow, tenant, last, params }: FailingRun,
  { run, recordedAt: at, revision }: RecordedRunEvent,
  { task, error: { code }, provider }: Pick<Failed, "error"> & Partial<Failed>,
): void {
  const paramsAt = task === undefined ? undefined : params.get(task);
  const failure: Failure = {
    run,
    tenant,
    workflow,
    ...(task !== undefined && { task }),
    code,
    ...(provider !== undefined && { provider }),
    at,
    revision,
    ...(paramsAt !== undefined && { paramsAt }),
  };
  rows.set(`${run}:${revision}`, { failure });
  for (const trait of FAILURE_TRAITS) {
    const instants = last.get(trait) ?? new Map<string, number>();
    last.set(trait, instants);
    const what = traitOf(failure, trait);
    instants.set(what, Math.max(instants.get(what) ?? 0, millisOf(at)));
  }
}

function over(rows: Rows, id: RunId): void {
  const run = failing(rows, id);
  run?.params.clear();
  if (run?.last.size === 0) rows.delete(id);
}

/** Elements of one task are one. */
export function traitOf({ code, workflow, task }: Failure, trait: FailureTrait): string {
  switch (trait) {
    case "code":
      return code;
    case "workflow":
      return workflow.name;
    case "task":
      return task === undefined ? workflow.id : `${workflow.id}/${taskOfElement(task)}`;
  }
}
