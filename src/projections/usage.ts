// What models counted and what it cost, by workflow and model. Of a result that was taken from elsewhere nothing is counted twice.
import type { RunId } from "../domain/index.ts";
import { type Folded, projection } from "./projection.ts";

export type UsageLine = {
  readonly workflow: { readonly id: string; readonly name: string };
  /** Undefined where the answer does not say which model gave it. */
  readonly model: string | undefined;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  costMicros: number;
};

export type UsageView = Folded & {
  readonly lines: Map<string, UsageLine>;
  /** Of runs that go on. */
  readonly workflows: Map<RunId, UsageLine["workflow"]>;
};

export const usage = projection<UsageView>(
  () => ({ position: "start", lines: new Map(), workflows: new Map() }),
  {
    RunSubmitted: ({ workflows }, { workflow: { id, name } }, { run }) => {
      workflows.set(run, { id, name });
    },
    TaskSucceeded: ({ lines, workflows }, { usage: counted, model, cached, reused }, { run }) => {
      const workflow = workflows.get(run);
      if (!counted || !workflow || cached || reused) return;
      const key = `${workflow.id}\n${model ?? ""}`;
      const line = lines.get(key) ?? { workflow, model, ...NOTHING };
      line.calls += 1;
      line.inputTokens += counted.inputTokens ?? 0;
      line.outputTokens += counted.outputTokens ?? 0;
      line.costMicros += counted.costMicros ?? 0;
      lines.set(key, line);
    },
    RunSucceeded: ({ workflows }, _, { run }) => {
      workflows.delete(run);
    },
    RunFailed: ({ workflows }, _, { run }) => {
      workflows.delete(run);
    },
    RunCancelled: ({ workflows }, _, { run }) => {
      workflows.delete(run);
    },
  },
);

const NOTHING = { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 };
