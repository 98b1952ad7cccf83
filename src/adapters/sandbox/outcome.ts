// What an interpreter answered, as the outcome of a call.
import { errorInfo, type Json, type JsonObject } from "../../domain/index.ts";
import type { Evidence, ScriptFailed } from "../../engine/ports/index.ts";
import { describeEnd, type Reply } from "./interpreter.ts";
import type { Answer } from "./messages.ts";

export type Answered =
  | { readonly ok: true; readonly value: Json; readonly truncated: boolean }
  | { readonly ok: false; readonly failed: ScriptFailed };

export type Told = {
  /** What the script wrote, kept as evidence of a failure. */
  readonly printed: Evidence;
  readonly floodBytes: number;
  readonly language: string;
};

export function answered(reply: Reply, { printed, floodBytes, language }: Told): Answered {
  switch (reply.kind) {
    case "answered":
      return ofAnswer(reply.answer, reply.truncated, printed);
    case "flood": {
      const message = `the script wrote more than ${floodBytes} bytes and was stopped; print less, or write to a file`;
      return failed(
        "TASK_EXECUTION_FAILED",
        message,
        { ...printed, truncated: true },
        { limitBytes: floodBytes },
      );
    }
    case "ended":
      return ofEnd(reply, printed, language);
  }
}

function ofAnswer(answer: Answer, truncated: boolean, printed: Evidence): Answered {
  const evidence = truncated ? { ...printed, truncated } : printed;
  switch (answer.kind) {
    case "value":
      return { ok: true, value: answer.result, truncated };
    case "unfit":
      return failed("TASK_RESULT_INVALID", `${answer.place}: ${answer.reason}`, evidence, {
        path: answer.place,
      });
    case "raised": {
      const { type, file, line, traceback } = answer;
      const details = { type, ...(file !== null && { file }), ...(line !== null && { line }), traceback };
      return failed("TASK_EXECUTION_FAILED", raisedMessage(answer), evidence, details);
    }
  }
}

/** `ValueError: too high (scripts/valve.py, line 4)`, and what to do about it if that is known. */
function raisedMessage({ type, message, hint, file, line }: Extract<Answer, { kind: "raised" }>): string {
  const what = message === "" ? type : `${type}: ${message}`;
  const where = file === null ? "" : ` (${file}${line === null ? "" : `, line ${line}`})`;
  return `${what}${where}${hint === null ? "" : `; ${hint}`}`;
}

function ofEnd(
  { end, last }: Extract<Reply, { kind: "ended" }>,
  printed: Evidence,
  language: string,
): Answered {
  const how = describeEnd(end, last);
  if (last?.reason === "memory" || end.outOfMemory || /out of memory/i.test(end.stderr)) {
    return failed("RESOURCE_EXHAUSTED", `the script used up the interpreter's memory: it ${how}`, printed);
  }
  const error = errorInfo("PROVIDER_ERROR", `the ${language} interpreter ${how}`, { retryable: true });
  return { ok: false, failed: { ok: false, error, ...evidenceOf(printed) } };
}

function failed(
  code: "TASK_EXECUTION_FAILED" | "TASK_RESULT_INVALID" | "RESOURCE_EXHAUSTED",
  message: string,
  evidence: Evidence,
  details?: JsonObject,
): Answered {
  const error = errorInfo(code, message, details && { details });
  return { ok: false, failed: { ok: false, error, ...evidenceOf(evidence) } };
}

export const evidenceOf = (evidence: Evidence): { readonly evidence?: Evidence } =>
  Object.keys(evidence).length === 0 ? {} : { evidence };
