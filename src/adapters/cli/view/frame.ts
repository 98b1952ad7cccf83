// The live task tree as lines: pure, and never higher than it may be, however many tasks there are.
import { isOpen, type TaskId, type TaskStatus } from "../../../domain/index.ts";
import { methodText, waitDocument } from "../../../engine/index.ts";
import { type RunDetail, type TaskDetail, tasksInOrder } from "../../../projections/index.ts";
import { paceText } from "./pace.ts";
import { type Paint, sign, tinted } from "./paint.ts";
import { duration, fitted, line, padded, width } from "./text.ts";
import { skipText } from "./transition.ts";
import { waitText } from "./wait.ts";

export type Progress = {
  readonly title: string;
  readonly detail: RunDetail;
  /** The last thing that a running task wrote. */
  readonly said: Pick<ReadonlyMap<TaskId, string>, "get">;
  /** Its tasks are all alike: then they have a rate. */
  readonly isBatch?: boolean;
};

export type Room = {
  readonly columns: number;
  readonly rows: number;
  readonly now: number;
  readonly paint: Paint;
};

const WIDEST_NAME = 32;
/** What is under way is shown first, then what went wrong, then what ended last, then what comes next. */
const URGENCY: Readonly<Record<TaskStatus, number>> = {
  running: 0,
  retrying: 1,
  failed: 2,
  succeeded: 3,
  cancelled: 3,
  skipped: 4,
  scheduled: 5,
  waiting: 6,
};

export function frame(progress: Progress, room: Room): readonly string[] {
  const { detail, said } = progress;
  const tasks = tasksInOrder(detail);
  const shown = chosen(tasks, Math.max(1, room.rows - 2));
  const widest = Math.min(WIDEST_NAME, Math.max(4, Math.floor(room.columns / 2) - 4));
  const names = Math.min(widest, Math.max(...shown.map(({ name }) => width(line(name))), 0));
  const rest = shown.length < tasks.length ? [more(tasks, shown, room)] : [];
  return [
    head(progress, tasks, room),
    ...shown.map((task) => row(task, said.get(task.id), names, room)),
    ...rest,
  ];
}

/** As many as there is room for, in the order of the document; one row is left for the count of the others. */
const urgencyOf = ({ status, wait }: TaskDetail): number => (wait ? URGENCY.retrying : URGENCY[status]);

function chosen(tasks: readonly TaskDetail[], rows: number): readonly TaskDetail[] {
  if (tasks.length <= rows) return tasks;
  const kept = new Set(first(tasks, Math.max(0, rows - 1), isBefore));
  return tasks.filter((task) => kept.has(task));
}

const isBefore = (a: TaskDetail, b: TaskDetail): boolean => {
  const difference = urgencyOf(a) - urgencyOf(b);
  return difference === 0 ? (a.endedAt ?? 0) > (b.endedAt ?? 0) : difference < 0;
};

/** The first few of a sorted list, without sorting the rest: a frame is drawn ten times a second. */
function first<T>(list: readonly T[], count: number, before: (a: T, b: T) => boolean): readonly T[] {
  const best: T[] = [];
  for (const item of list) {
    const last = best.at(-1);
    if (best.length === count && (last === undefined || !before(item, last))) continue;
    const place = best.findIndex((other) => before(item, other));
    best.splice(place < 0 ? best.length : place, 0, item);
    if (best.length > count) best.pop();
  }
  return best;
}

function head(
  { title, detail, isBatch }: Progress,
  tasks: readonly TaskDetail[],
  { columns, now, paint }: Room,
): string {
  const over = tasks.filter(({ status }) => !isOpen(status));
  const took = Math.max(0, detail.durationMs ?? now - (detail.startedAt ?? now));
  const done = over.filter(({ reused, cached }) => !reused && !cached).length;
  const pace = isBatch ? paceText({ done, left: tasks.length - over.length, tookMs: took }) : "";
  const counts = `  ${over.length}/${tasks.length}  ${duration(took)}${pace === "" ? "" : `  ${pace}`}`;
  const text = fitted(line(title), Math.max(0, columns - width(counts) - 2));
  return `${tinted(paint, detail.status, sign(detail.status))} ${paint.bold(text)}${paint.dim(counts)}`;
}

function row(
  task: TaskDetail,
  said: string | undefined,
  names: number,
  { columns, now, paint }: Room,
): string {
  const name = padded(fitted(line(task.name), names), names);
  const left = columns - names - 6;
  const note = fitted(line(noteOf(task, said, now)), Math.max(0, left));
  const row = `  ${tinted(paint, task.status, sign(task.status))} ${name}`;
  return note === "" ? row.trimEnd() : `${row}  ${paint.dim(note)}`;
}

function noteOf(task: TaskDetail, said: string | undefined, now: number): string {
  if (task.elements && task.status === "running") {
    const { over, count } = task.elements;
    const tookMs = now - (task.firstStartedAt ?? now);
    const pace = paceText({ done: over, left: count - over, tookMs });
    return `${over}/${count}${pace === "" ? "" : `  ${pace}`}`;
  }
  const attempt = task.attempts > 1 ? `attempt ${task.attempts}  ` : "";
  switch (task.status) {
    case "running":
      return `${attempt}${duration(Math.max(0, now - (task.startedAt ?? now)))}${said ? `  ${said}` : ""}`;
    case "retrying":
      if (task.dueAt === undefined) return `${task.error?.code ?? "failed"}, next is ${methodText(task)}`;
      return `${task.error?.code ?? "failed"}, again in ${duration(Math.max(0, (task.dueAt ?? now) - now))}`;
    case "failed":
      return `${attempt}${task.error?.code ?? "failed"}`;
    case "succeeded":
      if (task.isUndone) return "undone";
      if (task.cached) return "from the cache";
      return task.reused ? "taken over" : `${attempt}${duration(task.durationMs ?? 0)}`;
    case "skipped":
      return task.skipped ? skipText(task.skipped) : "skipped";
    case "cancelled":
      return "cancelled";
    case "waiting":
      return task.wait ? waitText(waitDocument(task.wait), now) : "";
    case "scheduled":
      return "";
  }
}

function more(tasks: readonly TaskDetail[], shown: readonly TaskDetail[], { columns, paint }: Room): string {
  const counts = new Map<TaskStatus, number>();
  const visible = new Set(shown);
  for (const task of tasks)
    if (!visible.has(task)) counts.set(task.status, (counts.get(task.status) ?? 0) + 1);
  const text = [...counts].map(([status, count]) => `${count} ${status}`).join(", ");
  return paint.dim(fitted(`    … ${tasks.length - shown.length} more: ${text}`, columns));
}
