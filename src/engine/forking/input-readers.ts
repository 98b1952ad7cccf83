// Tasks that read an input which is to be another one: what they came to does not hold.
import type { ForkChange, Graph, TaskId, TaskNode } from "../../domain/index.ts";

/** By the text of what they say: one too many is called again, none too few. */
export function readersOf({ nodes }: Graph, changes: readonly ForkChange[]): readonly TaskId[] {
  const names = changes.flatMap((change) => (change.of === "inputs" ? [change.name] : []));
  if (names.length === 0) return [];
  return nodes.flatMap((node) => {
    const said = textOf(node);
    return said.includes("inputs") && names.some((name) => said.includes(name)) ? [node.id] : [];
  });
}

const textOf = ({ params, when, forEach, fallbacks, steer, cache, compensate }: TaskNode): string =>
  JSON.stringify([
    params,
    when?.text,
    forEach?.list,
    fallbacks.map((one) => one.params),
    steer,
    cache,
    compensate?.params,
  ]);
