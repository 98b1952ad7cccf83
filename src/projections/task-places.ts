// Where in a run's log things stand that were given to its tasks: what one was called with, and what was added to it.
import { type RecordedRunEvent, type Revision, type RunEventOf, TaskId } from "../domain/index.ts";
import { type Folded, projection } from "./projection.ts";
import { onAny, type Reactions, react } from "./reactions.ts";

export type TaskPlace = {
  /** The first event that names it. */
  readonly firstAt: Revision;
  /** Of the latest call, the question that was asked, or the list that it is repeated for. */
  readonly givenAt?: Revision;
  readonly files?: RunEventOf<"TaskScheduled">["data"]["files"];
  readonly instance?: string;
};

export type TaskPlaces = Folded & { readonly tasks: Map<TaskId, TaskPlace> };

const reactions: Reactions<TaskPlace, TaskPlace> = {
  TaskScheduled: ({ files: _, ...place }, { paramsFrom, files }, { revision }) =>
    paramsFrom === undefined
      ? { ...place, givenAt: revision, ...(files && { files }) }
      : { ...place, givenAt: paramsFrom, ...(_ && { files: _ }) },
  ApprovalRequested: (place, _, { revision }) => ({ ...place, givenAt: revision }),
  TasksAdded: (place, _, { revision }) => ({ givenAt: revision, ...place }),
  TaskSucceeded: (place, { instance }) => ({ ...place, ...(instance !== undefined && { instance }) }),
};

/** Of a run that is read from its first event. */
export const taskPlaces = projection<TaskPlaces>(
  () => ({ position: "start", tasks: new Map() }),
  onAny((view, recorded) => {
    const id = taskOf(recorded);
    if (id === undefined) return;
    const place = view.tasks.get(id) ?? { firstAt: recorded.revision };
    view.tasks.set(id, react(reactions, place, recorded) ?? place);
  }),
);

function taskOf({ event }: RecordedRunEvent): TaskId | undefined {
  if (event.type === "TasksAdded") return TaskId.safeParse(event.data.template).data;
  return "task" in event.data ? event.data.task : undefined;
}
