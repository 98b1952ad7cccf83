// The doors through which runs come out of earlier ones.
import type { Graph } from "../../domain/index.ts";
import type { Engine, Started } from "../door.ts";
import type { Kit } from "../host.ts";
import type { Graphs } from "../log/graphs.ts";
import type { Prepared } from "../submitting/submit.ts";
import { prepareFork } from "./fork.ts";
import { forkPlan } from "./plan.ts";
import { prepareRetry } from "./retry.ts";
import { reusableOf } from "./reusable.ts";

type Start = (prepared: Prepared, tenant: string, actor: Parameters<Engine["retry"]>[2]) => Promise<Started>;

/** What a run that is submitted takes over; of one that is no fork, nothing. */
export const reusing =
  ({ events }: Pick<Kit, "events">, graphs: Graphs) =>
  (submission: Prepared["submission"], tenant: string, graph: Graph) =>
    reusableOf(events, submission, tenant, graph, (earlier) => graphs.of(earlier, tenant));

export const forks = (
  kit: Kit,
  graphs: Graphs,
  start: Start,
): Pick<Engine, "retry" | "fork" | "planFork"> => ({
  retry: async (run, tenant, actor, reason) =>
    start(await prepareRetry(kit, graphs, run, tenant, reason), tenant, actor),
  fork: async (run, tenant, actor, request) =>
    start((await prepareFork(kit, graphs, run, tenant, request)).prepared, tenant, actor),
  planFork: async (run, tenant, request) => {
    const fork = await prepareFork(kit, graphs, run, tenant, request);
    return forkPlan(fork, await reusing(kit, graphs)(fork.prepared.submission, tenant, fork.graph));
  },
});
