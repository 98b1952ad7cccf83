// Answers that are folded from the log.

export {
  type ActiveRun,
  type ActiveRuns,
  activeRuns,
  type DueTimer,
  dueTimers,
  type RunningAttempt,
} from "./active-runs.ts";
export {
  type Bar,
  type BarClass,
  type Chart,
  type ChartRow,
  chartOf,
  classOf,
} from "./chart.ts";
export { type CriticalStep, criticalPath } from "./critical-path.ts";
export {
  FAILURE_TRAITS,
  type Failure,
  type FailureRow,
  type Failures,
  type FailureTrait,
  failures,
  traitOf,
} from "./failures.ts";
export { type Gap, gapsOf } from "./gaps.ts";
export { activeLabel, activeRunCodec, dueLabel, keptActiveRuns } from "./kept-active-runs.ts";
export {
  type CauseQuery,
  causeIn,
  causeLabels,
  type FailureCause,
  type FailureCauses,
  type FailurePage,
  type FailureQuery,
  failureLabel,
  failureRowCodec,
  keptFailures,
  runsLabel,
} from "./kept-failures.ts";
export type { IndexEntry, KeptModel, RowChange } from "./kept-model.ts";
export { keptRecordedResults, recordedLabel, recordedResultCodec } from "./kept-recorded-results.ts";
export { keptRunActivity, movedLabel, placeText, repeatLabel } from "./kept-run-activity.ts";
export {
  keptRunList,
  minutesSince,
  openLabel,
  runRowCodec,
  runsLabelOf,
  statusLabels,
  submittedDayLabel,
  whereabouts,
} from "./kept-run-list.ts";
export { type Folded, type Projection, projected } from "./projection.ts";
export { type Reactions, react } from "./reactions.ts";
export type { RecordedResult } from "./recorded-results.ts";
export {
  type ActivityQuery,
  RUN_ITSELF,
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
export { type Spent, tokensIn, type Usage } from "./spent.ts";
export type { TaskDetail, TaskNaming } from "./task-detail.ts";
export { taskOfElement } from "./task-of-element.ts";
export { tasksInOrder } from "./task-order.ts";
export { type TaskPlace, type TaskPlaces, taskPlaces } from "./task-places.ts";
export { timeline } from "./timeline.ts";
export type { AttemptSpan, TaskTimeline, Timeline, WaitSpan } from "./timeline-view.ts";
export { type UsageLine, type UsageView, usage } from "./usage.ts";
export { type RunWaits, runWaits, type Wait } from "./waits.ts";
