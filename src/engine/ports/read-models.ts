import type { Position, RunStatus } from "../../domain/index.ts";
import type {
  ActiveRun,
  ActivityQuery,
  CauseQuery,
  DueTimer,
  FailureCauses,
  FailurePage,
  FailureQuery,
  RecordedResult,
  RunListPage,
  RunListQuery,
} from "../../projections/index.ts";

/** By what runs are, and by what happens in them. */
export type RunQuery = RunListQuery & ActivityQuery;

/** `open`: that have not ended. `onDay`: submitted on that day (UTC). */
export type SubmittedRuns = { readonly open: number; readonly onDay: number };

export type ReadModelState = {
  readonly name: string;
  readonly version: number;
  /** The log is folded up to here. */
  readonly position: Position | "start";
  /** How many events of runs are not folded yet; of that many or more, 10,000. */
  readonly lag: number;
  readonly rows: number;
  /** `sha256-<hex>` over the rows in the order of their runs: the same wherever the same log was folded so far. */
  readonly hash: string;
};

/** The first row in which two folds of one log differ; null where one has none. */
export type RowDifference = {
  /** A run, or one of its failures: `RUN:REVISION`. */
  readonly row: string;
  readonly kept: string | null;
  readonly rebuilt: string | null;
};

export type Rebuilt = {
  readonly name: string;
  /** Where both were compared. */
  readonly position: Position | "start";
  readonly rows: number;
  readonly hash: string;
  /** Of what was kept until then. */
  readonly before: { readonly rows: number; readonly hash: string };
  readonly difference: RowDifference | undefined;
};

/**
 * Answers computed from the log and kept, so that asking costs no more than what has happened since. Each answer
 * includes everything that stood in the log when it was asked for. Losing what is kept loses time, nothing else.
 */
export interface ReadModels {
  runs(tenant: string, query: RunQuery): Promise<RunListPage>;
  /** Statuses that no run has are left out. */
  counts(tenant: string): Promise<ReadonlyMap<RunStatus, number>>;
  /** Of users: those that other runs call are left out, and those that have left the store. */
  submitted(tenant: string, day: string): Promise<SubmittedRuns>;
  /** The newest first. */
  active(tenant: string, limit: number): Promise<readonly ActiveRun[]>;
  /** The next one first. */
  due(tenant: string, limit: number): Promise<readonly DueTimer[]>;
  failures(tenant: string, query: FailureQuery): Promise<FailurePage>;
  causes(tenant: string, query: CauseQuery): Promise<FailureCauses>;
  /** The latest result that was recorded under that key. */
  result(tenant: string, key: string): Promise<RecordedResult | undefined>;
  states(): Promise<readonly ReadModelState[]>;
  /** Builds a second copy beside the one in use, compares, and puts it in its place; all models without a name. */
  rebuild(name?: string): Promise<readonly Rebuilt[]>;
  /** Idempotent. */
  close(): Promise<void>;
}
