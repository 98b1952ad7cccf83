// A page of the run list, as everybody asks for it; those that go on with what they wait for.
import { GleitzeitError, isFinal, type RunId } from "../../domain/index.ts";
import { type RunListPage, type RunRow, taskOfElement, type Wait } from "../../projections/index.ts";
import type { RunQuery } from "../ports/index.ts";
import type { Reading } from "./reading.ts";
import { waitsOf } from "./waits-of.ts";

export async function runsPage(reading: Reading, query: RunQuery): Promise<RunListPage> {
  const { task } = query;
  if (task !== undefined && task !== taskOfElement(task)) {
    throw new GleitzeitError(
      "USAGE_ERROR",
      `runs are found by tasks of their documents, not by elements: name ${taskOfElement(task)}, not ${task}`,
    );
  }
  return (await reading.readModels()).runs(reading.tenant, query);
}

/** By run; only those that go on can wait. */
export type WaitsOfRuns = ReadonlyMap<RunId, readonly Wait[]>;

export async function waitsIn(reading: Reading, rows: readonly RunRow[]): Promise<WaitsOfRuns> {
  const found = new Map<RunId, readonly Wait[]>();
  for (const { run, status } of rows) if (!isFinal(status)) found.set(run, await waitsOf(reading, run));
  return found;
}
