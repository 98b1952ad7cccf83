// What a projection leaves out once a run has left the store: its row, and those of single events of it.
import type { RunId } from "../domain/index.ts";

/** Rows are named after runs, and `RUN:REVISION`. */
export function withoutRun(rows: Map<string, unknown>, run: RunId): void {
  for (const name of rows.keys()) if (name === run || name.startsWith(`${run}:`)) rows.delete(name);
}
