// What models counted for the tasks of a run, and what it cost. Of a result that was taken from elsewhere nothing is
// counted twice.
import type { TaskDetail } from "./task-detail.ts";

export type Usage = NonNullable<TaskDetail["usage"]>;

export type Spent = { readonly model?: string; readonly usage: Usage };

export function spentOn({ usage, model, reused, cached }: TaskDetail): Spent | undefined {
  if (!usage || reused || cached) return undefined;
  return { usage, ...(model !== undefined && { model }) };
}

export const tokensIn = ({ inputTokens = 0, outputTokens = 0 }: Usage): number => inputTokens + outputTokens;

/** Undefined where no model was asked. */
export function spentInAll(spent: readonly Spent[]): Usage | undefined {
  if (spent.length === 0) return undefined;
  const sum = (of: keyof Usage): Usage => {
    const counts = spent.flatMap(({ usage }) => usage[of] ?? []);
    return counts.length === 0 ? {} : { [of]: counts.reduce((all, one) => all + one, 0) };
  };
  return { ...sum("inputTokens"), ...sum("outputTokens"), ...sum("costMicros") };
}
