// What one attempt left behind to read: its own output, a model's answer, and what stood beside a failure.
import {
  type ErrorInfo,
  errorOf,
  type Instant,
  isList,
  isObject,
  type Json,
  type RecordedRunEvent,
  type TaskId,
} from "../../domain/index.ts";
import { textIn, type Values } from "../../engine/index.ts";

export type AttemptLog = {
  readonly task: TaskId;
  readonly attempt: number;
  readonly status: "succeeded" | "failed" | "retrying";
  readonly at: Instant;
  readonly durationMs: number;
  readonly stdout: string | undefined;
  readonly stderr: string | undefined;
  /** A model's or a tool's answer in words. */
  readonly said: string | undefined;
  readonly truncated: boolean | undefined;
  readonly error: ErrorInfo | undefined;
  readonly trace: string | undefined;
  readonly evidence: Json | undefined;
};

/** Undefined for events that end no attempt. */
export function attemptLog(
  { event, recordedAt: at }: RecordedRunEvent,
  values: Values,
): AttemptLog | undefined {
  if (event.type === "TaskSucceeded") {
    const { task, attempt, durationMs } = event.data;
    const { result } = values;
    return {
      task,
      attempt,
      status: "succeeded",
      at,
      durationMs,
      stdout: textIn(result, "output"),
      stderr: textIn(result, "stderr"),
      said: attempt === 0 ? (decisionIn(result) ?? saidIn(result)) : saidIn(result),
      truncated: isObject(result) && result.output_truncated === true ? true : undefined,
      error: undefined,
      trace: undefined,
      evidence: undefined,
    };
  }
  if (event.type !== "TaskFailed") return undefined;
  const { task, attempt, durationMs, final } = event.data;
  const error = errorOf(event.data.error, values.error);
  const { evidence } = values;
  return {
    task,
    attempt,
    status: final ? "failed" : "retrying",
    at,
    durationMs,
    stdout: textIn(evidence, "stdout"),
    stderr: textIn(evidence, "stderr"),
    said: undefined,
    truncated: isObject(evidence) && evidence.truncated === true ? true : undefined,
    error,
    trace: textIn(error.details, "traceback"),
    evidence,
  };
}

/** Of people: what they decided, why, and what they made of what they were asked about. */
function decisionIn(result: Json | undefined): string | undefined {
  const decision = textIn(result, "decision");
  if (decision === undefined || !isObject(result)) return undefined;
  const reason = textIn(result, "reason");
  const { edit } = result;
  return [decision, ...(reason ? [reason] : []), ...(edit === undefined ? [] : [JSON.stringify(edit)])].join(
    ", ",
  );
}

/** In words, and what a model asks for beside them. */
function saidIn(result: Json | undefined): string | undefined {
  const said = textIn(result, "response");
  const calls = isObject(result) && isList(result.tool_calls) ? result.tool_calls.filter(isObject) : [];
  if (calls.length === 0) return said;
  const asked = calls.map(
    ({ name, arguments: given }) =>
      `calls ${typeof name === "string" ? name : "nothing"} ${JSON.stringify(given ?? {})}`,
  );
  return [...(said ? [said] : []), ...asked].join("\n");
}
