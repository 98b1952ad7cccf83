// What runs are at, as it is kept: places in the run list, under what may be asked for.
import type { ErrorCode, Position, RunId } from "../domain/index.ts";
import { type IndexEntry, keptModel } from "./kept-model.ts";
import { rowCodec } from "./row-codec.ts";
import {
  type ActivityQuery,
  RUN_ITSELF,
  type RunActivities,
  type RunActivity,
  runActivities,
} from "./run-activity.ts";
import { taskOfElement } from "./task-of-element.ts";

const codec = rowCodec<RunActivity>();

export const keptRunActivity = keptModel<RunActivities, RunActivity>({
  name: "run-activity",
  version: 1,
  projection: runActivities,
  rowsOf: ({ runs }) => runs,
  codec,
  entries: (activity) => [
    ...placesOf(activity).map((label) => ({ label, at: activity.submittedPosition })),
    ...(activity.isOver ? [] : [movedEntry(activity)]),
  ],
});

function placesOf({ tenant, at, retrying, failed, forkedFrom }: RunActivity): readonly string[] {
  const tasks = new Set([...at].map(taskOfElement));
  const codes = new Set<ErrorCode>();
  const pairs: string[] = [];
  for (const [task, known] of failed) {
    for (const code of known) codes.add(code);
    if (task === RUN_ITSELF) continue;
    tasks.add(task);
    for (const code of known) pairs.push(errorLabel(tenant, code, task));
  }
  return [
    ...[...codes].map((code) => errorLabel(tenant, code)),
    ...pairs,
    ...[...tasks].map((task) => taskLabel(tenant, task)),
    ...(retrying.size > 0 ? [retryingLabel(tenant)] : []),
    ...(forkedFrom === undefined ? [] : [repeatLabel(tenant, forkedFrom)]),
  ];
}

const errorLabel = (tenant: string, code: ErrorCode, task?: string): string =>
  ["error", tenant, code, ...(task === undefined ? [] : [task])].join("\n");
const taskLabel = (tenant: string, task: string): string => `task\n${tenant}\n${task}`;
const retryingLabel = (tenant: string): string => `retrying\n${tenant}`;

/** Runs that repeat this one. */
export const repeatLabel = (tenant: string, run: RunId): string => `repeats\n${tenant}\n${run}`;

/** In the order in which runs last moved; the item is the place in the run list. */
export const movedLabel = (tenant: string): string => `moved\n${tenant}`;

const DIGITS = 19;
/** Sorts by place, and is a number to SQL. */
export const placeText = (place: Position): string => String(place).padStart(DIGITS, "0");

const movedEntry = ({ tenant, movedAt, submittedPosition }: RunActivity): IndexEntry => ({
  label: movedLabel(tenant),
  at: BigInt(movedAt),
  item: placeText(submittedPosition),
});

/** A run that fits stands under all of these. */
export const activityLabels = (
  tenant: string,
  { error, task, retrying }: ActivityQuery,
): readonly string[] => [
  ...(error === undefined ? [] : [errorLabel(tenant, error, task)]),
  ...(error === undefined && task !== undefined ? [taskLabel(tenant, task)] : []),
  ...(retrying ? [retryingLabel(tenant)] : []),
];
