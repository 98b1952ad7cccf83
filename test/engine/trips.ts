// A run of three tasks, two of which can be undone.
import type { JsonObject, RunId } from "../../src/domain/index.ts";
import { broken, ok, type Rig, scripted, workflow } from "./rig.ts";

export const undo = { method: "test/undo" };
const retry = { backoff: "fixed", base_delay: 1, jitter: false } as const;
export const trip = (more: JsonObject = {}, last: JsonObject = {}) =>
  workflow(
    [
      { id: "a", compensate: { ...undo, params: { of: "${a.n}", from: "${inputs.place}" } }, retry },
      { id: "b", dependencies: ["a"], compensate: undo, retry },
      { id: "c", dependencies: ["b"], ...last },
    ],
    { inputs: { place: { type: "string", default: "home" } }, ...more },
  );
export const inputs = { place: "home" };

/** Fails `bad`, answers everything else with its params. */
export const all = (...bad: readonly string[]) =>
  scripted(({ task, params }) => (bad.includes(task) ? broken() : ok({ n: 1, ...params })));

export const kinds = async ({ log }: Rig, run: RunId): Promise<readonly string[]> =>
  (await log(run)).map(({ event }) =>
    "task" in event.data ? `${event.type} ${event.data.task}` : event.type,
  );
