// What is said of a run when it is over, or as it stands.
import { isObject, type Json, type RunStatus } from "../../../domain/index.ts";
import type { RunReport } from "../../../engine/index.ts";
import type { Terminal } from "../terminal.ts";
import { failureText } from "./failures.ts";
import { paint, sign, tinted } from "./paint.ts";
import { counted, duration, lines } from "./text.ts";
import { valuesText } from "./values.ts";

/** Outputs are data and go to `out`, everything about the run to `err`. */
export function printSummary(report: RunReport, { out, err }: Terminal, quiet: boolean): void {
  const { status } = report.history.detail;
  if (!quiet) err.write(headline(report, err.color));
  if (status === "succeeded" && !isEmpty(report)) out.write(valuesText(shownOutputs(report), out));
  if (status === "failed") err.write(failureText(report, paint(err.color)));
  if (!quiet) err.write(next(status, report));
}

/** Where a document declares no outputs they are whole results; of those the part that is meant to be read. */
export function shownOutputs({ outputs, history }: RunReport): Json {
  if (history.graph.outputs !== undefined || !isObject(outputs)) return outputs;
  return Object.fromEntries(Object.entries(outputs).map(([task, result]) => [task, primary(result)]));
}

const primary = (result: Json): Json =>
  isObject(result) ? (result.result ?? result.response ?? result) : result;

const isEmpty = ({ outputs }: RunReport): boolean => isObject(outputs) && Object.keys(outputs).length === 0;

function headline({ history, tasks }: RunReport, color: boolean): string {
  const { detail, graph, run } = history;
  const colors = paint(color);
  const took = detail.durationMs === undefined ? "" : ` in ${duration(detail.durationMs)}`;
  const from = detail.forkedFrom ? `, taken over from ${detail.forkedFrom.run}` : "";
  const status = tinted(
    colors,
    detail.status,
    `${sign(detail.status)} ${lines(graph.name)} ${detail.status}`,
  );
  return `${status}${took} ${colors.dim(`(${counted(tasks.length, "task")}, run ${run}${from})`)}\n`;
}

function next(status: RunStatus, { history: { run } }: RunReport): string {
  return status === "paused" || status === "running" || status === "pending"
    ? `gleitzeit resume ${run} goes on with it\n`
    : "";
}
