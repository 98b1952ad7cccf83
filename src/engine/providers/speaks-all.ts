// What a run needs that is spoken somewhere: by its own tasks, and by those of the runs that are tasks of it.
import type { Graph } from "../../domain/index.ts";
import { callsIn, type RunFacts } from "../log/facts.ts";
import type { Graphs } from "../log/graphs.ts";

/** Whether everything that a run may call, its children's calls included, is among these protocols. */
export async function speaksAll(
  { facts, graph, graphs }: { readonly facts: RunFacts; readonly graph: Graph; readonly graphs: Graphs },
  protocols: ReadonlySet<string>,
): Promise<boolean> {
  if (!speaks(graph, protocols)) return false;
  const { priority } = facts.submission;
  for (const { workflow, batch } of reachable(facts)) {
    const child = await graphs.of({ workflow, priority, ...(batch && { batch }) }, facts.tenant, facts);
    if (!speaks(child, protocols)) return false;
  }
  return true;
}

/** Waits, questions to people and runs of their own call nothing. */
const speaks = ({ nodes }: Graph, protocols: ReadonlySet<string>): boolean =>
  nodes.every(
    ({ wait, approval, child, agent, protocol, fallbacks, compensate }) =>
      ((wait ?? approval ?? child) !== undefined || protocols.has(protocol)) &&
      [...fallbacks, ...(agent?.tools ?? []), ...(compensate ? [compensate] : [])].every((other) =>
        protocols.has(other.protocol),
      ),
  );

/** The list of a run holds what its parent calls as well; a child needs only what it leads to itself. */
function reachable({ workflows, calls }: RunFacts): RunFacts["workflows"] {
  const places = new Set(Object.values(calls));
  for (const place of places) {
    for (const next of Object.values(callsIn(workflows[place]?.values.calls))) places.add(next);
  }
  return [...places].flatMap((place) => workflows[place] ?? []);
}
