// What a reference or a dependency may begin with: ids and names of tasks, and the words that are no tasks.
import { type Named, taskIdOf } from "./slug.ts";

/** Words with a meaning of their own; they win over a task of the same name. */
export const RESERVED_HEADS: ReadonlySet<string> = new Set([
  "inputs",
  "run",
  "item",
  "index",
  "secret",
  "env",
]);

export type Heads = {
  /** Id or name → place of the task in the list. An id wins over another task's name. */
  readonly tasks: ReadonlyMap<string, number>;
  /** Names that could mean more than one task. */
  readonly ambiguous: ReadonlySet<string>;
};

export const isHead = (heads: Heads, text: string): boolean =>
  RESERVED_HEADS.has(text) || heads.tasks.has(text);

/** Linear in the number of tasks. Of two tasks with one id, a mistake of its own, the first is meant. */
export function headsOf(named: readonly Named[]): Heads {
  const tasks = new Map<string, number>();
  for (const [place, task] of named.entries()) {
    const id = taskIdOf(task, place);
    if (!tasks.has(id)) tasks.set(id, place);
  }
  const ambiguous = new Set<string>();
  for (const [place, task] of named.entries()) {
    if (task.name === undefined) continue;
    const self = tasks.get(taskIdOf(task, place));
    const other = tasks.get(task.name);
    if (other === undefined) tasks.set(task.name, place);
    else if (other !== self) ambiguous.add(task.name);
  }
  return { tasks, ambiguous };
}
