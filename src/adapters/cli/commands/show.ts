// show RUN: the run as it stands, or as it stood at a revision.
import { z } from "zod";
import type { TaskStatus } from "../../../domain/index.ts";
import {
  decidersText,
  findRun,
  historyOf,
  methodText,
  type RunReport,
  reportOf,
  runDocument,
  type TaskReport,
  waitDocument,
} from "../../../engine/index.ts";
import type { TaskDetail } from "../../../projections/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { CountOption, optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import type { Reading } from "../parts.ts";
import { showTask } from "../show-task.ts";
import { taskNamed } from "../task-named.ts";
import { failureText } from "../view/failures.ts";
import { paint, sign, tinted } from "../view/paint.ts";
import { shownOutputs } from "../view/summary.ts";
import { table } from "../view/table.ts";
import { counted, duration, lines } from "../view/text.ts";
import { valuesText } from "../view/values.ts";
import { waitText } from "../view/wait.ts";

const Options = z.object({
  at: CountOption(0, Number.MAX_SAFE_INTEGER).optional(),
  task: z.string().optional(),
});

export const show: Command = async ({ args: [text = ""], options: typed }, context) => {
  const { at, task } = optionsOf(Options, typed);
  const reading = await context.parts.reading();
  const run = await findRun(reading, text);
  const report = await reportOf(reading, await historyOf(reading, run, at));
  if (task === undefined) {
    const by = await startedBy(reading, report);
    const now = at === undefined ? context.parts.clock.now() : report.history.lastAt;
    answer(context, runDocument(report), () => textOf(report, by, now, context));
    return EXIT.done;
  }
  return showTask(context, reading, report, taskNamed(report, task));
};

const startedBy = async ({ nameOf }: Reading, { history }: RunReport): Promise<string> => {
  const { actor } = history.first.metadata;
  return (await nameOf(actor)) ?? `${actor.type} ${actor.id.slice(0, 8)}`;
};

/** `now`: of the past, the instant of the event up to which it is shown. */
function textOf(report: RunReport, by: string, now: number, { terminal: { out } }: Context): string {
  const { history, tasks, name } = report;
  const { detail, first, run, graph } = history;
  const colors = paint(out.color);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["run", run],
    ["name", name],
    ["status", tinted(colors, detail.status, `${sign(detail.status)} ${detail.status}`)],
    ["submitted", `${first.recordedAt} by ${lines(by)}`],
    ["took", tookText(report, now)],
    [detail.forkedFrom?.isRetry === false ? "fork of" : "retry of", forkText(detail.forkedFrom)],
    [
      "part of",
      first.event.data.parent && `${first.event.data.parent.run}, task ${first.event.data.parent.task}`,
    ],
    ["events", `${detail.events}, the last at ${detail.head}`],
  ];
  const head = facts.flatMap(([label, text]) =>
    text === undefined ? [] : [`${colors.dim(label.padEnd(10))}${lines(text)}`],
  );
  const failed = detail.status === "failed" ? failureText(report, colors) : "";
  const values = detail.status === "succeeded" ? `\n${valuesText(shownOutputs(report), out)}` : "";
  return `${colors.bold(lines(graph.name))}\n${head.join("\n")}\n\n${taskTable(tasks, out, now)}${failed}${values}`;
}

function forkText(from: RunReport["history"]["detail"]["forkedFrom"]): string | undefined {
  if (!from) return undefined;
  return from.isRetry ? from.run : `${from.run}, up to its event ${from.revision}`;
}

function tookText({ history: { detail } }: RunReport, now: number): string | undefined {
  if (detail.durationMs !== undefined) return duration(detail.durationMs);
  return detail.startedAt === undefined
    ? undefined
    : `${duration(Math.max(0, now - detail.startedAt))} so far`;
}

function noteOf(
  { detail: { wait, elements, agent, isUndone, cached }, question }: TaskReport,
  now: number,
): string {
  if (isUndone) return "undone";
  if (cached) return `recorded in run ${cached.run}`;
  if (elements) return `${elements.over} of ${counted(elements.count, agent ? "step" : "element")}`;
  if (!wait) return "";
  const who = question ? ` by ${decidersText(question)}` : "";
  const message = typeof question?.message === "string" ? `: ${question.message}` : "";
  return `${waitText(waitDocument(wait), now)}${who}${message}`;
}

const taskTable = (tasks: RunReport["tasks"], out: Context["terminal"]["out"], now: number): string =>
  table(
    worthARow(tasks),
    [
      { head: "TASK", cell: ({ detail }) => detail.id, gives: true },
      {
        head: "STATUS",
        cell: ({ detail }) => `${sign(detail.status)} ${detail.status}`,
        tint: ({ detail }, text) => tinted(paint(out.color), detail.status, text),
      },
      { head: "ATTEMPTS", cell: ({ detail }) => String(detail.attempts) },
      {
        head: "TOOK",
        cell: ({ detail }) => (detail.durationMs === undefined ? "" : duration(detail.durationMs)),
      },
      { head: "METHOD", cell: ({ detail }) => methodText(detail) },
      { head: "", cell: (task) => task.error?.message ?? noteOf(task, now), gives: true },
    ],
    out,
  );

const FEW = 20;

/**
 * Of many elements those that went well are no news; `--json` and `--task` show every one. What an agent did is read step
 * by step.
 */
function worthARow(tasks: RunReport["tasks"]): RunReport["tasks"] {
  const counts = new Map(
    tasks.map(({ detail: { id, agent, elements } }) => [id, agent ? 0 : (elements?.count ?? 0)]),
  );
  const isOneOfMany = ({ of }: TaskDetail): boolean => of !== undefined && (counts.get(of) ?? 0) > FEW;
  return tasks.filter(({ detail }) => !isOneOfMany(detail) || detail.wait || !DULL.has(detail.status));
}

const DULL: ReadonlySet<TaskStatus> = new Set(["waiting", "succeeded", "cancelled"]);
