// The run as `--json` prints it and the library gives it. Other programs read this: add, never rename.
import {
  type Instant,
  instantOf,
  type Json,
  type RunId,
  type RunStatus,
  type TaskId,
  type TaskStatus,
} from "../../domain/index.ts";
import type { Usage } from "../ports/index.ts";
import { type ErrorJson, errorJson } from "./error-json.ts";
import { methodText } from "./method-text.ts";
import type { RunReport, TaskReport } from "./run-report.ts";
import { type WaitDocument, waitDocument } from "./wait-document.ts";

export type TaskDocument = {
  readonly name: string;
  readonly method: string;
  readonly status: TaskStatus;
  /** How often it was started. */
  readonly attempts: number;
  readonly result: Json;
  readonly error: ErrorJson | null;
  readonly durationMs: number | null;
  readonly skipped?: { readonly reason: string; readonly because?: TaskId };
  /** Of a repeated task: how many there are. */
  readonly elements?: number;
  /** The run that its latest attempt is. */
  readonly child?: RunId;
  readonly reused?: { readonly run: RunId; readonly revision: number };
  /** The result was recorded there for the same call. */
  readonly cached?: { readonly run: RunId; readonly revision: number };
  /** The model that answered, and what its name stood for. */
  readonly model?: string;
  readonly modelDigest?: string;
  /** Cost in millionths of the configuration's currency. */
  readonly usage?: Usage;
  /** How many of its fallbacks were taken. */
  readonly fellBack?: number;
  /** The result was given by whoever resumed the run. */
  readonly given?: true;
  /** This undoes what that task did. */
  readonly compensates?: TaskId;
  /** What it did was undone. */
  readonly undone?: true;
  readonly dueAt?: Instant;
  readonly waitsFor?: WaitDocument;
};

export type RunDocument = {
  readonly runId: RunId;
  /** The name that was given with the request. */
  readonly name?: string;
  readonly workflow: {
    readonly id: string;
    readonly name: string;
    readonly version?: string;
    readonly hash: string;
  };
  readonly status: RunStatus;
  readonly submittedAt: Instant;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  readonly durationMs: number | null;
  readonly forkedFrom?: { readonly run: RunId; readonly revision: number };
  /** The attempt of a task that this run is. */
  readonly parent?: { readonly run: RunId; readonly task: TaskId; readonly attempt: number };
  /** What is undone, because the run ends with that outcome. */
  readonly compensation?: {
    readonly outcome: "failed" | "cancelled";
    readonly tasks: number;
    readonly succeeded: number;
    readonly failed: number;
  };
  readonly tasks: { readonly [task: string]: TaskDocument };
  readonly outputs: Json;
  readonly error: ErrorJson | null;
  /** Length of the run's own stream. */
  readonly events: number;
  /** Position of the run's last event. */
  readonly head: string;
  /** How far the log had come when this was read. */
  readonly position: string;
};

export function runDocument({ history, name, tasks, outputs, error, position }: RunReport): RunDocument {
  const { detail, run, first } = history;
  const { id, name: workflow, version, hash } = first.event.data.workflow;
  const { parent } = first.event.data;
  return {
    runId: run,
    ...(name !== undefined && { name }),
    workflow: { id, name: workflow, ...(version !== undefined && { version }), hash },
    status: detail.status,
    submittedAt: first.recordedAt,
    ...(detail.startedAt !== undefined && { startedAt: instantOf(detail.startedAt) }),
    ...(detail.endedAt !== undefined && { endedAt: instantOf(detail.endedAt) }),
    durationMs: detail.durationMs ?? null,
    ...(detail.forkedFrom && {
      forkedFrom: { run: detail.forkedFrom.run, revision: detail.forkedFrom.revision },
    }),
    ...(parent && { parent: { run: parent.run, task: parent.task, attempt: parent.attempt } }),
    ...(detail.compensating && { compensation: compensationOf(detail.compensating, tasks) }),
    tasks: Object.fromEntries(tasks.map((task) => [task.detail.id, taskDocument(task)])),
    outputs,
    error: error ? errorJson(error) : null,
    events: detail.events,
    head: String(detail.head),
    position: String(position),
  };
}

function compensationOf(
  outcome: "failed" | "cancelled",
  all: RunReport["tasks"],
): NonNullable<RunDocument["compensation"]> {
  const tasks = all.filter(({ detail }) => detail.compensates !== undefined);
  const count = (status: TaskStatus): number => tasks.filter(({ detail }) => detail.status === status).length;
  return { outcome, tasks: tasks.length, succeeded: count("succeeded"), failed: count("failed") };
}

export function taskDocument({ detail, result, error, question }: TaskReport): TaskDocument {
  const {
    name,
    status,
    attempts,
    durationMs,
    skipped,
    reused,
    cached,
    model,
    modelDigest,
    usage,
    fellBack,
    isGiven,
    compensates,
    isUndone,
    dueAt,
    elements,
    wait,
    child,
  } = detail;
  return {
    name,
    method: methodText(detail),
    status,
    attempts,
    result,
    error: error ? errorJson(error) : null,
    durationMs: durationMs ?? null,
    ...(skipped && {
      skipped: { reason: skipped.reason, ...(skipped.because !== undefined && { because: skipped.because }) },
    }),
    ...(child !== undefined && { child }),
    ...(elements && { elements: elements.count }),
    ...(reused && { reused: { ...reused } }),
    ...(cached && { cached: { ...cached } }),
    ...(model !== undefined && { model }),
    ...(modelDigest !== undefined && { modelDigest }),
    ...(usage && { usage: { ...usage } }),
    ...(fellBack !== undefined && { fellBack }),
    ...(isGiven && { given: true }),
    ...(compensates !== undefined && { compensates }),
    ...(isUndone && { undone: true }),
    ...(dueAt !== undefined && { dueAt: instantOf(dueAt) }),
    ...(wait && { waitsFor: waitDocument(wait, question) }),
  };
}
