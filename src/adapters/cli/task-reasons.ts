// Why a task stands as it does, and, where that hangs on others, why they do.

import type { Graph, RunStatus, TaskId } from "../../domain/index.ts";
import { decidersText, type TaskReport } from "../../engine/index.ts";
import type { TaskDetail } from "../../projections/index.ts";
import type { Purpose } from "./asked.ts";
import { type Reason, sentence } from "./reason.ts";
import { counted, duration } from "./view/text.ts";

export type Known = {
  readonly graph: Graph;
  readonly reports: ReadonlyMap<TaskId, TaskReport>;
  readonly status: RunStatus;
  readonly waits: ReadonlyMap<TaskId, Purpose>;
  readonly now: number;
};

/** Deeper than anybody reads; a chain of ten thousand ends here. */
const DEEPEST = 20;
const MOST_NAMED = 5;

export function reasonsOfTask(
  id: TaskId,
  known: Known,
  seen: ReadonlySet<TaskId> = new Set(),
): readonly Reason[] {
  const report = known.reports.get(id);
  if (!report || seen.has(id) || seen.size > DEEPEST) return [];
  const before = new Set([...seen, id]);
  const own = ownReason(report, known);
  return [own, ...leadsTo(report, known).flatMap((other) => reasonsOfTask(other, known, before))];
}

/** The tasks on which this one hangs. */
function leadsTo({ detail }: TaskReport, known: Known): readonly TaskId[] {
  if (detail.status === "skipped")
    return detail.skipped?.because === undefined ? [] : [detail.skipped.because];
  if (detail.status === "waiting") return unmet(detail, known).slice(0, MOST_NAMED);
  const isRepeated = detail.elements !== undefined && detail.status === "failed";
  return isRepeated ? failedElements(detail, known).slice(0, MOST_NAMED) : [];
}

function ownReason(report: TaskReport, known: Known): Reason {
  const { detail } = report;
  const { id: task } = detail;
  const ago = (at: number | undefined): string => duration(Math.max(0, known.now - (at ?? known.now)));
  switch (detail.status) {
    case "succeeded":
      return succeededReason(detail);
    case "failed":
      return { task, kind: "failed", text: failedText(report, known) };
    case "skipped":
      return { task, kind: "skipped", text: skippedText(detail, known) };
    case "cancelled":
      return { task, kind: "cancelled", text: `${task} was cancelled with the run.` };
    case "retrying":
      return {
        task,
        kind: "retry",
        text: `${task} waits for attempt ${detail.attempts + 1}, due ${dueText(detail.dueAt, known)}, because ${errorText(report)}`,
      };
    case "scheduled":
      return { task, kind: "place", text: `${task} is ready and waits for a free place.` };
    case "running":
      return runningReason(detail, ago(detail.startedAt), known);
    case "waiting":
      return waitingReason(detail, known);
  }
}

function succeededReason(detail: TaskDetail): Reason {
  const { id: task, reused, cached } = detail;
  const without = `${task} did not run: its result was`;
  if (reused) return { task, kind: "reused", text: `${without} taken over from run ${reused.run}.` };
  if (cached) {
    const text = `${without} recorded for the same call, at revision ${cached.revision} of run ${cached.run}.`;
    return { task, kind: "cached", text };
  }
  return { task, kind: "succeeded", text: `${task} succeeded${tries(detail)}${undoneText(detail)}.` };
}

function runningReason(
  { id: task, elements, agent, attempts, provider }: TaskDetail,
  since: string,
  known: Known,
): Reason {
  const wait = known.waits.get(task);
  if (wait) return purposeReason(task, wait, undefined, known);
  if (elements) {
    return {
      task,
      kind: "elements",
      text: `${task} has ${elements.over} of ${counted(elements.count, agent ? "step" : "element")} behind it.`,
    };
  }
  const by = provider === undefined ? "" : ` by ${provider}`;
  return { task, kind: "running", text: `${task} is running, attempt ${attempts}${by}, for ${since}.` };
}

function waitingReason(detail: TaskDetail, known: Known): Reason {
  const { id: task } = detail;
  const wait = known.waits.get(task);
  if (wait) return purposeReason(task, wait, detail.dueAt, known);
  const others = unmet(detail, known);
  if (others.length > 0) return { task, kind: "dependency", text: `${task} waits for ${named(others)}.` };
  if (detail.compensates !== undefined)
    return {
      task,
      kind: "compensating",
      text: `${task} waits for its turn: what ended last is undone first.`,
    };
  if (known.status === "paused")
    return { task, kind: "paused", text: `${task} waits until the run goes on.` };
  return { task, kind: "place", text: `${task} waits for nothing but its turn.` };
}

function purposeReason(task: TaskId, wait: Purpose, dueAt: number | undefined, known: Known): Reason {
  const until = dueAt === undefined ? "" : `, until ${dueText(dueAt, known)} at most`;
  switch (wait.for) {
    case "signal":
      return { task, kind: "signal", text: `${task} waits for the signal ${wait.signal ?? ""}${until}.` };
    case "approval": {
      const { detail, question } = known.reports.get(task) ?? {};
      const who = question ? ` by ${decidersText(question)}` : "";
      const { min, approvedBy } = detail?.wait?.approval ?? { min: 1, approvedBy: [] };
      const still = Math.max(1, min - approvedBy.length);
      return {
        task,
        kind: "approval",
        text: `${task} waits for ${counted(still, "approval")}${who}${until}.`,
      };
    }
    case "time":
      return { task, kind: "time", text: `${task} waits for its time, ${dueText(dueAt, known)}.` };
  }
}

function skippedText({ id, skipped }: TaskDetail, { graph }: Known): string {
  const when = graph.nodes[graph.indexOf.get(id) ?? -1]?.when;
  if (skipped?.reason === "condition") {
    return `${id} was skipped because its condition does not hold${when ? `: ${when.text}` : ""}`;
  }
  if (skipped?.because === undefined) return `${id} was skipped.`;
  const what = skipped.reason === "dependency-failed" ? "failed" : "was skipped";
  return `${id} was skipped because ${skipped.because}, which it needs, ${what}.`;
}

function failedText(report: TaskReport, known: Known): string {
  const { detail } = report;
  const failed = detail.elements === undefined || detail.agent ? [] : failedElements(detail, known);
  if (failed.length > 0) return `${detail.id} failed because of its elements: ${named(failed)}.`;
  const start = detail.elements ? "" : detail.attempts === 0 ? " before it started" : tries(detail);
  return `${detail.id} failed${start}: ${errorText(report)}`;
}

const undoneText = ({ id, isUndone }: TaskDetail): string =>
  isUndone ? `, and what it did was undone by compensate:${id}` : "";

const errorText = ({ error }: TaskReport): string =>
  error ? sentence(`${error.code}, ${error.message}`) : "the log does not say why.";

const tries = ({ attempts, losses }: TaskDetail): string =>
  (attempts > 1 ? ` in attempt ${attempts}` : "") +
  (losses > 0 ? ` (its worker was lost ${counted(losses, "time")})` : "");

function unmet({ id }: TaskDetail, { graph, reports }: Known): readonly TaskId[] {
  const node = graph.nodes[graph.indexOf.get(id) ?? -1];
  return (node?.dependencies ?? []).flatMap((index) => {
    const other = graph.nodes[index]?.id;
    const status = other === undefined ? undefined : reports.get(other)?.detail.status;
    return other !== undefined && status !== undefined && OPEN.has(status) ? [other] : [];
  });
}

const OPEN: ReadonlySet<TaskDetail["status"]> = new Set(["waiting", "scheduled", "running", "retrying"]);

const failedElements = ({ id }: TaskDetail, { reports }: Known): readonly TaskId[] =>
  [...reports.values()].flatMap(({ detail }) =>
    detail.of === id && detail.status === "failed" ? [detail.id] : [],
  );

export const named = (ids: readonly string[]): string =>
  ids.length > MOST_NAMED
    ? `${ids.slice(0, MOST_NAMED).join(", ")} and ${ids.length - MOST_NAMED} more`
    : ids.join(", ");

function dueText(dueAt: number | undefined, { now, status }: Known): string {
  if (dueAt === undefined) return "some time";
  const when = dueAt > now ? `in ${duration(dueAt - now)}` : "now";
  return status === "paused" ? `${when}, once the run is resumed` : when;
}
