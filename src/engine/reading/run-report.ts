// A run with its values brought in from the log.
import {
  type ErrorInfo,
  errorInfo,
  errorOf,
  type Json,
  type Revision,
  runStream,
} from "../../domain/index.ts";
import { type RunDetail, type TaskDetail, tasksInOrder } from "../../projections/index.ts";
import { decode, isErased, openValues } from "../log/decode.ts";
import type { Values } from "../log/encode.ts";
import { type Question, questionOf } from "./deciders.ts";
import type { Reading } from "./reading.ts";
import type { History } from "./run-history.ts";

export type TaskReport = {
  readonly detail: TaskDetail;
  readonly result: Json;
  readonly error: ErrorInfo | undefined;
  /** What a question to people says, while it is open. */
  readonly question: Question | undefined;
};

export type RunReport = {
  readonly history: History;
  readonly name: string | undefined;
  readonly tasks: readonly TaskReport[];
  readonly outputs: Json;
  readonly error: ErrorInfo | undefined;
  readonly position: bigint | "start";
};

const CHUNK = 200;

export async function reportOf(reading: Reading, history: History): Promise<RunReport> {
  const { detail } = history;
  const tasks = tasksInOrder(detail);
  const ends = detail.endAt === undefined ? [] : [detail.endAt];
  const values = await valuesAt(reading, history, [...tasks.flatMap(outcomeAt), 0, ...ends]);
  const end = detail.endAt === undefined ? undefined : values.get(detail.endAt);
  const name = values.get(0)?.name;
  return {
    history,
    name: typeof name === "string" ? name : undefined,
    tasks: await Promise.all(
      tasks.map(async (task) => ({
        detail: task,
        result: resultOf(task, values),
        error: taskError(task, values),
        question: await openQuestion(reading, task, values),
      })),
    ),
    outputs: end && isErased(end) ? end : (end?.outputs ?? {}),
    error: runError(detail, end),
    position: await reading.store.events.head(),
  };
}

async function openQuestion(
  reading: Reading,
  { wait }: TaskDetail,
  values: ReadonlyMap<Revision, Values>,
): Promise<Question | undefined> {
  return wait?.approval && questionOf(reading, wait.approval, values.get(wait.approval.at));
}

const outcomeAt = ({ status, resultAt, errorAt, wait }: TaskDetail): readonly Revision[] =>
  status === "succeeded" ? [resultAt ?? 0] : [errorAt ?? [], wait?.approval?.at ?? []].flat();

async function valuesAt(
  { store, tenant }: Reading,
  { run }: History,
  revisions: readonly Revision[],
): Promise<ReadonlyMap<Revision, Values>> {
  const found = new Map<Revision, Values>();
  const wanted = [...new Set(revisions)];
  for (let i = 0; i < wanted.length; i += CHUNK) {
    const stored = await store.events.readMany(runStream(run, tenant), wanted.slice(i, i + CHUNK));
    for (const recorded of stored.map(decode)) {
      found.set(recorded.revision, await openValues(recorded, tenant, store));
    }
  }
  return found;
}

/** A repeated task that was allowed to fail has results all the same. */
function resultOf({ status, resultAt, errorAt }: TaskDetail, values: ReadonlyMap<Revision, Values>): Json {
  const at = status === "failed" ? errorAt : resultAt;
  const found = at === undefined ? undefined : values.get(at);
  return found && isErased(found) ? found : (found?.result ?? null);
}

/** Of a task that failed for good, or that waits for its next attempt; one that succeeded later has none. */
function taskError(task: TaskDetail, values: ReadonlyMap<Revision, Values>): ErrorInfo | undefined {
  if (task.status === "succeeded" || !task.error || task.errorAt === undefined) return undefined;
  return errorOf(task.error, values.get(task.errorAt)?.error);
}

function runError(detail: RunDetail, end: Values | undefined): ErrorInfo | undefined {
  if (detail.error) return errorOf(detail.error, end?.error);
  return detail.status === "cancelled" ? errorInfo("WORKFLOW_CANCELLED", "the run was cancelled") : undefined;
}
