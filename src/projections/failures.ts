// What has failed for good, in which run and task, and where can the values of each failure be read?
import type { ErrorCode, Instant, RecordedRunEvent, Revision, RunId, TaskId } from "../domain/index.ts";
import { type Folded, projection } from "./projection.ts";

export type Failure = {
  readonly run: RunId;
  readonly tenant: string;
  readonly workflow: { readonly id: string; readonly name: string };
  /** Undefined when the run itself failed: its time was up, an output was missing. */
  readonly task: TaskId | undefined;
  readonly code: ErrorCode;
  readonly provider: string | undefined;
  readonly at: Instant;
  /** Of the failure; its message lies there. */
  readonly revision: Revision;
  /** Where the params of the failed call lie; undefined when there was no call. */
  readonly paramsAt: Revision | undefined;
};

type Open = {
  readonly workflow: Failure["workflow"];
  readonly params: Map<TaskId, Revision>;
  /** Tasks that are repeated: they fail because an element did, which is counted already. */
  readonly repeated: Set<string>;
};

export type Failures = Folded & { readonly list: Failure[]; readonly open: Map<RunId, Open> };

export const failures = projection<Failures>(() => ({ position: "start", list: [], open: new Map() }), {
  RunSubmitted: ({ open }, { workflow: { id, name } }, { run }) =>
    open.set(run, { workflow: { id, name }, params: new Map(), repeated: new Set() }),
  TasksAdded: ({ open }, { template }, { run }) => open.get(run)?.repeated.add(template),
  TaskScheduled: ({ open }, { task, paramsFrom }, { run, revision }) =>
    open.get(run)?.params.set(task, paramsFrom ?? revision),
  TaskFailed: (view, { task, attempt, error: { code }, final, provider }, recorded) => {
    const open = view.open.get(recorded.run);
    if (!open || !final || (attempt === 0 && open.repeated.has(task))) return;
    view.list.push({ ...failed(open, recorded), task, code, provider, paramsAt: open.params.get(task) });
  },
  TaskSucceeded: ({ open }, { task }, { run }) => open.get(run)?.params.delete(task),
  RunFailed: (view, { error: { code }, task }, recorded) => {
    const open = view.open.get(recorded.run);
    view.open.delete(recorded.run);
    if (!open || task !== undefined) return;
    view.list.push({ ...failed(open, recorded), task, code, provider: undefined, paramsAt: undefined });
  },
  RunSucceeded: ({ open }, _, { run }) => open.delete(run),
  RunCancelled: ({ open }, _, { run }) => open.delete(run),
});

const failed = ({ workflow }: Open, { run, recordedAt, revision, metadata }: RecordedRunEvent) => ({
  run,
  tenant: metadata.tenant,
  workflow,
  at: recordedAt,
  revision,
});
