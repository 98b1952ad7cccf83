// Results of a batch as a file that other people and programs open: JSON, CSV or Markdown, by its suffix.

import { GleitzeitError, isObject, type Json, type RunStatus, type TaskStatus } from "../../domain/index.ts";
import { errorJson, type RunReport } from "../../engine/index.ts";
import { duration, lines } from "./view/text.ts";

type Item = {
  readonly file: string;
  readonly task: string;
  readonly status: TaskStatus;
  readonly result: Json;
  readonly error: { readonly code: string; readonly message: string } | undefined;
  readonly durationMs: number | undefined;
};

type Results = {
  readonly run: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly items: readonly Item[];
};

/** Known before anything runs: a suffix that stands for nothing is wrong usage. */
export function batchTextOf(suffix: string): (report: RunReport) => string {
  const format = Object.hasOwn(FORMATS, suffix.toLowerCase()) ? FORMATS[suffix.toLowerCase()] : undefined;
  if (format) return (report) => format(resultsOf(report), report);
  throw new GleitzeitError(
    "USAGE_ERROR",
    `--output ends in .json, .csv or .md, not in ${JSON.stringify(suffix)}`,
  );
}

const FORMATS: Readonly<Record<string, (results: Results, report: RunReport) => string>> = {
  ".json": jsonText,
  ".csv": csvText,
  ".md": markdownText,
};

function resultsOf({ history: { run, graph, detail }, tasks }: RunReport): Results {
  const files = new Map(graph.nodes.map(({ id, batchFile }) => [id, batchFile]));
  return {
    run,
    name: graph.name,
    status: detail.status,
    items: tasks.map((task) => ({
      file: files.get(task.detail.id) ?? "",
      task: task.detail.id,
      status: task.detail.status,
      result: primary(task.result),
      error: task.error,
      durationMs: task.detail.durationMs,
    })),
  };
}

const primary = (result: Json): Json =>
  isObject(result) ? (result.result ?? result.response ?? result) : result;

const countsOf = ({ items }: Results) => ({
  total: items.length,
  succeeded: items.filter(({ status }) => status === "succeeded").length,
  failed: items.filter(({ status }) => status === "failed").length,
});

function jsonText(results: Results, report: RunReport): string {
  const errors = new Map(report.tasks.map(({ detail, error }) => [detail.id.toString(), error]));
  const items = results.items.map(({ file, task, status, result, durationMs }) => {
    const error = errors.get(task);
    return {
      file,
      task,
      status,
      result,
      error: error ? errorJson(error) : null,
      durationMs: durationMs ?? null,
    };
  });
  const document = {
    runId: results.run,
    name: results.name,
    status: results.status,
    ...countsOf(results),
    items,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const COLUMNS = ["file", "status", "result", "error", "duration_ms", "task"];

function csvText({ items }: Results): string {
  const rows = items.map(({ file, status, result, error, durationMs, task }) => [
    file,
    status,
    status === "succeeded" ? plain(result) : "",
    error ? `${error.code}: ${error.message}` : "",
    String(durationMs ?? ""),
    task,
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

/** RFC 4180; and what a spreadsheet would take for a formula is kept from being one. */
function csvCell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

const plain = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));

function markdownText(results: Results): string {
  const { total, succeeded, failed } = countsOf(results);
  const sections = results.items.map(({ file, status, result, error, durationMs }) => {
    const facts = [status, ...(durationMs === undefined ? [] : [duration(durationMs)])].join(", ");
    const body = error
      ? `**${error.code}**: ${inline(error.message)}`
      : status === "succeeded"
        ? block(result)
        : "";
    return [`## ${inline(file)}`, `*${facts}*`, body].filter((part) => part !== "").join("\n\n");
  });
  const head = `# ${inline(results.name)}\n\n${total} files, ${succeeded} succeeded, ${failed} failed. Run \`${results.run}\`: ${results.status}.`;
  return `${[head, ...sections].join("\n\n")}\n`;
}

const inline = (text: string): string =>
  lines(text)
    .replace(/\s*\n\s*/g, " ")
    .replace(/[\\`*_{}[\]<>#|]/g, "\\$&");

/** A text is shown as it is, anything else as JSON, no line of which can close the fence. */
function block(result: Json): string {
  if (typeof result === "string") return lines(result).trim();
  const text = JSON.stringify(result, null, 2);
  return typeof result === "object" && result !== null ? `\`\`\`json\n${text}\n\`\`\`` : text;
}
