// What a run's growth adds to it: elements of a task that is repeated, steps of an agent.
import { QUESTION, type RunEventOf, TaskId, TURN } from "../domain/index.ts";
import { type Callee, type TaskDetail, waitingTask } from "./task-detail.ts";

/** The elements that an event adds to a task, and the task as it is from then on. */
export function grown(task: TaskDetail, { count: more, steps }: Added, at: number): readonly TaskDetail[] {
  const { count, over } = task.elements ?? { count: 0, over: 0 };
  const { id, name, agent, compensate, ...rest } = task;
  const naming = steps ? rest : { ...rest, ...(compensate && { compensate }) };
  const added = Array.from({ length: more }, (_, i) => ({
    ...waitingTask({
      ...naming,
      ...(steps && stepCallee(agent?.tools ?? [], steps[i])),
      id: TaskId.parse(`${id}[${count + i}]`),
      name: `${name}[${count + i}]`,
    }),
    of: id,
  }));
  const elements = { count: count + more, over };
  return [{ ...task, status: "running", firstStartedAt: task.firstStartedAt ?? at, elements }, ...added];
}

type Added = Pick<RunEventOf<"TasksAdded">["data"], "count" | "steps">;

function stepCallee(tools: readonly Callee[], step: NonNullable<Added["steps"]>[number] | undefined): Callee {
  const called = step?.kind === "call" ? tools[step.tool ?? -1] : undefined;
  return called ?? (step?.kind === "approval" ? QUESTION : TURN);
}
