// A run's past, event by event, and what each of them changed. Control fields only: a run whose values are gone has a
// past all the same.
import type {
  Instant,
  RecordedRunEvent,
  Revision,
  RunEventType,
  RunId,
  RunStatus,
  TaskId,
  TaskStatus,
} from "../../domain/index.ts";
import { runDetail } from "../../projections/index.ts";
import { graphs } from "../log/graphs.ts";
import { eventsOf } from "../log/history.ts";
import type { Reading } from "../reading/reading.ts";
import { historyOf } from "../reading/run-history.ts";

export type Change = {
  /** Null for the run itself. */
  readonly task: TaskId | null;
  readonly from: RunStatus | TaskStatus | "absent";
  readonly to: RunStatus | TaskStatus;
};

export type Transition = {
  readonly recorded: RecordedRunEvent;
  readonly changes: readonly Change[];
};

export type TransitionDocument = {
  readonly revision: Revision;
  readonly at: Instant;
  readonly id: string;
  readonly type: RunEventType;
  readonly changes: readonly Change[];
};

export async function* transitionsOf(reading: Reading, run: RunId): AsyncGenerator<Transition> {
  const { store, tenant } = reading;
  const { first } = await historyOf(reading, run, 0);
  const { nodes } = await graphs(store).of(first.event.data, tenant);
  const { fold, empty } = runDetail(nodes);
  let view = empty();
  for await (const recorded of eventsOf(store.events, run, tenant)) {
    const isForMany = FOR_MANY.has(recorded.event.type);
    const before = { status: view.status, tasks: isForMany ? new Map(view.tasks) : undefined };
    const id = taskOf(recorded);
    const task = id === undefined ? undefined : view.tasks.get(id);
    view = fold(view, recorded);
    const changed = before.tasks
      ? [...view.tasks].map(([key, now]) => changeOf(key, before.tasks?.get(key)?.status, now.status))
      : [changeOf(id, task?.status, id === undefined ? undefined : view.tasks.get(id)?.status)];
    yield { recorded, changes: [changeOf(null, before.status, view.status), ...changed].flat() };
  }
}

/** They end, or add, what they do not name. */
const FOR_MANY: ReadonlySet<RunEventType> = new Set([
  "RunSucceeded",
  "RunFailed",
  "RunCancelled",
  "RunResumed",
  "TasksAdded",
]);

const taskOf = ({ event: { data } }: RecordedRunEvent): TaskId | undefined =>
  "task" in data ? data.task : undefined;

function changeOf(
  task: TaskId | null | undefined,
  from: Change["from"] | undefined,
  to: Change["to"] | undefined,
): readonly Change[] {
  return task === undefined || to === undefined || from === to ? [] : [{ task, from: from ?? "absent", to }];
}

export const transitionDocument = ({ recorded, changes }: Transition): TransitionDocument => ({
  revision: recorded.revision,
  at: recorded.recordedAt,
  id: recorded.id,
  type: recorded.event.type,
  changes,
});
