// A difference between two runs, as `diff --json` prints it and the library gives it. Other programs read this: add,
// never rename.
import type { Json, JsonChange, Revision, RunId, RunStatus } from "../../domain/index.ts";
import { pathText } from "../../domain/index.ts";

export type DifferenceKind =
  | "definition"
  | "inputs"
  | "missing"
  | "status"
  | "method"
  | "params"
  | "files"
  | "result"
  | "error"
  | "attempts"
  | "provider"
  | "instance"
  | "model"
  | "modelDigest"
  | "usage"
  | "skipped"
  | "duration"
  | "outputs";

/** One side of a change; nothing stands where there was nothing. */
export type Side = Json | undefined;

export type Difference = {
  /** Undefined when it is the run's own. Of a run that is a task: `task/task`. */
  readonly task: string | undefined;
  readonly kind: DifferenceKind;
  /** Inside the value: `items[2].name`. */
  readonly path?: string;
  readonly a: Side;
  readonly b: Side;
  /** Nobody can say any more: a value was erased, or its blob is missing. */
  readonly isUnknown?: true;
  /** Where it stands in the logs; of a run inside a run, where that begins in the one above, then inside. */
  readonly at: readonly Revision[];
};

export type DiffRun = {
  readonly runId: RunId;
  readonly workflow: { readonly name: string; readonly hash: string; readonly version?: string };
  readonly status: RunStatus;
};

export type DifferenceDocument = {
  readonly task: string | null;
  readonly kind: DifferenceKind;
  readonly path?: string;
  readonly a?: Json;
  readonly b?: Json;
  readonly unknown?: true;
};

export type DiffDocument = {
  readonly a: DiffRun;
  readonly b: DiffRun;
  readonly same: boolean;
  /** Where they begin to differ. */
  readonly first: DifferenceDocument | null;
  readonly differences: readonly DifferenceDocument[];
};

export const ofChange =
  (head: Pick<Difference, "task" | "kind" | "at">) =>
  ({ path, before, after }: JsonChange): Difference => ({
    ...head,
    ...(path.length > 0 && { path: pathText(path) }),
    a: before,
    b: after,
  });

export const differenceDocument = ({
  task,
  kind,
  path,
  a,
  b,
  isUnknown,
}: Difference): DifferenceDocument => ({
  task: task ?? null,
  kind,
  ...(path !== undefined && { path }),
  ...(a !== undefined && { a }),
  ...(b !== undefined && { b }),
  ...(isUnknown && { unknown: true }),
});

/** In the order in which it happened. */
export function earlier(one: Difference, other: Difference): number {
  for (let i = 0; ; i += 1) {
    const [a, b] = [one.at[i], other.at[i]];
    if (a === undefined || b === undefined) return (a ?? -1) - (b ?? -1);
    if (a !== b) return a - b;
  }
}
