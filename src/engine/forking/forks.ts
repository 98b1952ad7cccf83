// The doors through which runs come out of earlier ones.
import type { Graph, TaskId } from "../../domain/index.ts";
import type { Engine, Started } from "../door.ts";
import type { Kit } from "../host.ts";
import type { Graphs } from "../log/graphs.ts";
import type { Prepared } from "../submitting/submit.ts";
import { prepareFork } from "./fork.ts";
import { forkPlan } from "./plan.ts";
import { prepareRetry } from "./retry.ts";
import { reusableOf } from "./reusable.ts";
import { spoken } from "./spoken.ts";

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
  fork: async (run, tenant, actor, request) => {
    const { prepared, graph } = await prepareFork(kit, graphs, run, tenant, request);
    const { submission } = prepared;
    const reused = await reusing(kit, graphs)(submission, tenant, graph);
    const given = new Set<TaskId>(submission.forkedFrom?.results ?? []);
    spoken(kit, graph.nodes, (task) => reused.has(task) || given.has(task));
    return start(prepared, tenant, actor);
  },
  planFork: async (run, tenant, request) => {
    const fork = await prepareFork(kit, graphs, run, tenant, request);
    return forkPlan(fork, await reusing(kit, graphs)(fork.prepared.submission, tenant, fork.graph));
  },
});
