// What one task may refer to when it begins.
import { type Condition, nodeAt, type Scope, type TaskNode, taskAt } from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import { eachOf } from "./elements.ts";
import { scopeOf } from "./scope.ts";

/** A condition decides whether the task begins; what has begun is not asked again. */
export function conditionNow({ state }: Driven, { index, when }: TaskNode): Condition | undefined {
  const { attempt, fellBack } = taskAt(state, index);
  return attempt === 0 && fellBack === 0 ? when : undefined;
}

/** For its condition and its params. */
export async function scopeFor(kit: Kit, driven: Driven, node: TaskNode): Promise<Scope> {
  if (node.compensates !== undefined) return undoingScope(kit, driven, node, node.compensates);
  const each = await eachOf(kit, driven, node);
  return scopeOf(kit, driven, [...node.needs, ...(conditionNow(driven, node)?.needs ?? [])], each);
}

/** As for the task that is undone; by its own name that of one element is that element's result. */
async function undoingScope(kit: Kit, driven: Driven, { needs }: TaskNode, undone: number): Promise<Scope> {
  const task = nodeAt(driven.state, undone);
  const meant = (index: number): number => (index === task.element?.of ? undone : index);
  const scope = await scopeOf(kit, driven, needs.map(meant), await eachOf(kit, driven, task));
  return { ...scope, task: (index) => scope.task(meant(index)) };
}
