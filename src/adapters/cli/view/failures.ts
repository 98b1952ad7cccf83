// Failures told so that somebody can act: which task, which attempt, what happened in their own lines, what to do.
import { type ErrorCode, type ErrorInfo, isObject } from "../../../domain/index.ts";
import { methodText, type RunReport, type TaskReport, textIn } from "../../../engine/index.ts";
import type { Paint } from "./paint.ts";
import { counted, lines, padded } from "./text.ts";

const MOST = 10;
const LONGEST_TRACE = 12;

export function failureText({ tasks, error, history }: RunReport, paint: Paint): string {
  const failed = tasks.filter(({ detail }) => detail.status === "failed");
  const skipped = tasks.filter(({ detail }) => detail.status === "skipped");
  const told = failed.slice(0, MOST).flatMap((task) => [...taskFailure(task, paint), ""]);
  const own =
    error && history.detail.failedBy === undefined
      ? [`  ${paint.red(error.code)}  ${lines(error.message)}`, ""]
      : [];
  const more = failed.length > MOST ? [`  and ${failed.length - MOST} more`, ""] : [];
  const because = skipped.length === 0 ? [] : [paint.dim(`  not run because of it: ${names(skipped)}`), ""];
  const [first] = failed;
  const logs = first ? `gleitzeit logs ${history.run} --task ${first.detail.id}` : "";
  const retry = `gleitzeit retry ${history.run}`;
  const repeats = tasks.some(({ detail }) => detail.status !== "succeeded");
  const hints = [
    ...(first ? [`  ${logs}   what it printed`] : []),
    ...(repeats ? [`  ${padded(retry, logs.length)}   a new run that takes over what succeeded`] : []),
  ];
  return `${["", ...own, ...told, ...more, ...because, ...hints].join("\n")}\n`;
}

function taskFailure({ detail, error }: TaskReport, paint: Paint): readonly string[] {
  const title = `  ${paint.bold(lines(detail.name))}${detail.name === detail.id ? "" : ` (${detail.id})`}  ${paint.dim(`${methodText(detail)}${attemptsText(detail)}`)}`;
  if (!error) return [title];
  const message = lines(error.message).replaceAll("\n", "\n      ");
  const advice = ADVICE[error.code];
  return [
    title,
    `    ${paint.red(error.code)}  ${message}`,
    ...trace(error).map((text) => paint.dim(`      ${text}`)),
    ...(advice === undefined ? [] : [`    ${paint.cyan("→")} ${advice}`]),
  ];
}

/** An agent and a repeated task have no attempts of their own: their steps and elements have. */
function attemptsText({ attempts, agent, elements }: TaskReport["detail"]): string {
  if (attempts > 0) return `, ${counted(attempts, "attempt")}`;
  return agent || elements ? "" : ", never started";
}

/** The end of a script's traceback: where it was, not how it got there. */
function trace({ details }: ErrorInfo): readonly string[] {
  const text = isObject(details) ? textIn(details, "traceback") : undefined;
  const all = text === undefined ? [] : lines(text).trimEnd().split("\n");
  const cut = all.length - LONGEST_TRACE;
  return cut > 0 ? [`(${cut} lines before these: \`logs\` has them all)`, ...all.slice(cut)] : all;
}

function names(tasks: readonly TaskReport[]): string {
  const shown = tasks.slice(0, MOST).map(({ detail }) => detail.id);
  return tasks.length > MOST ? `${shown.join(", ")} and ${tasks.length - MOST} more` : shown.join(", ");
}

const ADVICE: Partial<Record<ErrorCode, string>> = {
  TASK_TIMEOUT: "give it longer with `timeout:`, or make it do less",
  TASK_PARAMETER_ERROR: "correct the reference, or give it a default: `${x.y ?? 0}`",
  TASK_RESULT_INVALID: "return plain JSON values; large integers as text",
  INVALID_PARAMS: "`gleitzeit providers methods` shows what each method takes",
  PROTOCOL_NOT_FOUND: "`gleitzeit providers list` shows what is there",
  PROVIDER_NOT_FOUND: "`gleitzeit providers list` shows what is there",
  RESOURCE_EXHAUSTED: "work on less at once, or raise the limit in the configuration",
  PERSISTENCE_WRITE_FAILED: "make room for the store, then `gleitzeit resume`",
};
