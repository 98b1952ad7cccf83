export {
  type ActiveRun,
  type ActiveRuns,
  activeRuns,
  type DueTimer,
  dueTimers,
  type RunningAttempt,
} from "./active-runs.ts";
export { type CriticalStep, criticalPath } from "./critical-path.ts";
export { type Failure, type Failures, failures } from "./failures.ts";
export { type Gap, gapsOf } from "./gaps.ts";
export { activeLabel, activeRunCodec, dueLabel, keptActiveRuns } from "./kept-active-runs.ts";
export type { IndexEntry, KeptModel, RowChange } from "./kept-model.ts";
export { keptRunList, labelsFor, minutesSince, runRowCodec, statusLabels } from "./kept-run-list.ts";
export { type Folded, type Projection, projected } from "./projection.ts";
export { type Reactions, react } from "./reactions.ts";
export {
  type ActivityQuery,
  fits,
  type RunActivities,
  type RunActivity,
  runActivities,
} from "./run-activity.ts";
export { type RunDetail, runDetail } from "./run-detail.ts";
export { type RunList, type RunRow, runList } from "./run-list.ts";
export {
  countsByStatus,
  matches,
  type RunListPage,
  type RunListQuery,
  runListPage,
} from "./run-list-query.ts";
export type { TaskDetail, TaskNaming } from "./task-detail.ts";
export { tasksInOrder } from "./task-order.ts";
export { type AttemptSpan, type TaskTimeline, type Timeline, timeline, type WaitSpan } from "./timeline.ts";
export { type RunWaits, runWaits, type Wait } from "./waits.ts";
