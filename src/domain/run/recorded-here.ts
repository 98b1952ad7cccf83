// Results of this very run that may stand for another call of it: in the log only when the step is over.
import type { Revision } from "../ids.ts";
import type { Millis } from "../instant.ts";
import type { RunState } from "./state.ts";

export type RecordedHere = { readonly revision: Revision; readonly at: Millis };

/** A step that was taken back may have left entries, so the task itself is asked. */
export function recordedHere({ recorded, tasks }: RunState, key: string): RecordedHere | undefined {
  const entry = recorded.get(key);
  const { status, cacheKey, outcomeAt } = tasks[entry?.task ?? -1] ?? {};
  const holds = status === "succeeded" && cacheKey === key && outcomeAt !== undefined;
  return entry && holds ? { revision: outcomeAt, at: entry.at } : undefined;
}
