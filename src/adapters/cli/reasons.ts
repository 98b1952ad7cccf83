// Why a run stands as it does, in sentences: of the run itself, then of the tasks that it hangs on.

import { isFinal, isOpen, type TaskId } from "../../domain/index.ts";
import type { RunReport, TaskReport } from "../../engine/index.ts";
import type { Asked, Request } from "./asked.ts";
import { type Reason, type ReasonKind, sentence } from "./reason.ts";
import { type Known, named, reasonsOfTask } from "./task-reasons.ts";
import { counted, duration } from "./view/text.ts";

/** So many tasks are told of; the others are counted. */
const MOST = 20;

export type Standing = {
  readonly report: RunReport;
  readonly asked: Asked;
  /** False when the process that drove it is gone. */
  readonly isDriven: boolean;
  readonly now: number;
};

function knownOf({ report: { history, tasks }, asked, now }: Standing): Known {
  return {
    graph: history.graph,
    reports: new Map(tasks.map((task) => [task.detail.id, task])),
    status: history.detail.status,
    waits: asked.waits,
    now,
  };
}

export function reasonsOfRun(standing: Standing): readonly Reason[] {
  const own = runReasons(standing);
  const known = knownOf(standing);
  const roots = rootsOf(standing.report);
  const told = roots.slice(0, MOST).flatMap(({ detail }) => reasonsOfTask(detail.id, known));
  const more = roots.length - MOST;
  const rest: readonly Reason[] =
    more > 0 ? [{ kind: "running", text: `And ${counted(more, "more task")} like these.` }] : [];
  return distinct([...own, ...undoneReasons(standing.report), ...told, ...rest]);
}

/** One task, whatever stands before it included. */
export const reasonsOf = (standing: Standing, task: TaskId): readonly Reason[] =>
  distinct([
    ...reasonsOfTask(task, knownOf(standing)),
    ...(isOpenIn(standing, task) ? runReasons(standing).filter(({ kind }) => HOLDS_UP.has(kind)) : []),
  ]);

const HOLDS_UP: ReadonlySet<ReasonKind> = new Set(["paused", "unattended", "submitted"]);

const isOpenIn = ({ report }: Standing, task: TaskId): boolean =>
  report.tasks.some(({ detail }) => detail.id === task && isOpen(detail.status));

/** What everything else hangs on: what failed in a run that has ended, what is under way in one that has not. */
function rootsOf({ tasks, history }: RunReport): readonly TaskReport[] {
  const { status } = history.detail;
  if (status === "succeeded") return [];
  if (isFinal(status)) return tasks.filter(({ detail }) => detail.status === "failed");
  return tasks.filter(
    ({ detail: { status: one, dueAt, wait } }) =>
      one === "running" ||
      one === "scheduled" ||
      one === "retrying" ||
      dueAt !== undefined ||
      wait !== undefined ||
      one === "failed",
  );
}

function runReasons({ report, asked, isDriven, now }: Standing): readonly Reason[] {
  const { run, detail } = report.history;
  const took = duration(detail.durationMs ?? Math.max(0, now - detail.submittedAt));
  switch (detail.status) {
    case "absent":
    case "pending":
      return [
        {
          kind: "submitted",
          text: `The run was submitted by ${asked.submitted.by} ${took} ago, and nobody has started it.`,
        },
      ];
    case "succeeded":
      return [
        {
          kind: "succeeded",
          text: `The run succeeded after ${took}: all ${counted(report.tasks.length, "task")} ended as they should.`,
        },
      ];
    case "failed":
      return [{ kind: "failed", text: `The run failed after ${took}: ${failedBy(report)}` }];
    case "cancelled":
      return [{ kind: "cancelled", text: cancelText(asked.cancelled, `after ${took}`) }];
    case "compensating":
      return [{ kind: "compensating", text: undoingText(report) }];
    case "paused":
      return [
        {
          kind: "paused",
          text: `${pauseText(asked.paused, now)} \`gleitzeit resume ${run}\` goes on with it.`,
        },
      ];
    case "running":
      return isDriven
        ? [{ kind: "running", text: `The run has been going on for ${took}.` }]
        : [
            {
              kind: "unattended",
              text: `The process that drove the run is gone: \`gleitzeit resume ${run}\` goes on with it.`,
            },
          ];
  }
}

function undoingText({ history: { detail }, error }: RunReport): string {
  const { compensating = "failed", failedBy: task } = detail;
  if (compensating === "cancelled")
    return "The run was cancelled: it undoes what its tasks did, and then ends.";
  const why = task === undefined ? (error?.code ?? "it failed") : `task ${task} failed`;
  return `The run undoes what its tasks did, because ${why}, and then ends as failed.`;
}

/** Of a run that has undone what it did: what that was. */
function undoneReasons({ tasks, history: { detail } }: RunReport): readonly Reason[] {
  const undone = tasks.flatMap(({ detail: task }) => (task.isUndone ? [task.id] : []));
  if (undone.length === 0 || !isFinal(detail.status)) return [];
  return [{ kind: "compensated", text: `What these did was undone: ${named(undone)}.` }];
}

function failedBy({ history: { detail }, error }: RunReport): string {
  if (detail.failedBy !== undefined) return `task ${detail.failedBy} failed.`;
  return error ? `${error.code}: ${sentence(error.message)}` : "the log does not say why.";
}

const because = (reason: string | undefined): string => (reason === undefined ? "" : `: ${reason}`);

function cancelText(request: Request | undefined, when: string): string {
  if (!request) return `The run was cancelled ${when}.`;
  return sentence(`The run was cancelled by ${request.by} ${when}${because(request.reason)}`);
}

function pauseText(request: Request | undefined, now: number): string {
  if (!request) return "The run is paused.";
  const since = `${duration(Math.max(0, now - request.at))} ago`;
  if (request.task !== undefined) return `The run was paused ${since} because task ${request.task} failed.`;
  return sentence(`The run was paused by ${request.by} ${since}${because(request.reason)}`);
}

function distinct(reasons: readonly Reason[]): readonly Reason[] {
  const seen = new Set<string>();
  return reasons.filter(({ text }) => !seen.has(text) && seen.add(text));
}
