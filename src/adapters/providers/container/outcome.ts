// How a program ended, as the outcome of its call: every class of end has a name of its own in `details.outcome`.
import { type ErrorCode, errorInfo, type JsonObject } from "../../../domain/index.ts";
import type { Evidence, Outcome, ProcessEnd } from "../../../engine/ports/index.ts";

type Failed = Extract<Outcome, { readonly ok: false }>;

export type Told = {
  readonly image: string;
  readonly evidence: Evidence;
  readonly memoryBytes: number;
};

/** What the container's init says, or the shell around the program, where the image does not have it. */
const NO_PROGRAM = /^(?:\[FATAL tini[^\]]*\]|gleitzeit:) exec (.*) failed: (.*)$/m;
const LONGEST_REMARK = 500;

/** Undefined where it ended well. */
export function failureOf(end: ProcessEnd, told: Told): Failed | undefined {
  if (end.lost !== undefined)
    return failed(
      told,
      "PROVIDER_ERROR",
      `the container was lost: ${end.lost}`,
      { outcome: "sandbox-error" },
      true,
    );
  if (end.code === 0) return undefined;
  if (end.outOfMemory) {
    const { memoryBytes } = told;
    const message = `the program needs more memory than the ${memoryBytes} bytes that it may have: give the provider more \`memory\`, or let it do less at once`;
    return failed(told, "RESOURCE_EXHAUSTED", message, { outcome: "out-of-memory", memoryBytes });
  }
  const [, program, reason] = NO_PROGRAM.exec(end.stderr) ?? [];
  if (program !== undefined)
    return failed(told, "TASK_PARAMETER_ERROR", `the image has no program ${program}: ${reason}`, {
      outcome: "exit",
      exitCode: end.code ?? 0,
    });
  const how = end.code === undefined ? `was ended by ${end.signal}` : `ended with exit code ${end.code}`;
  return failed(told, "TASK_EXECUTION_FAILED", `the program ${how}${remark(end.stderr)}`, {
    outcome: "exit",
    ...(end.code !== undefined && { exitCode: end.code }),
    ...(end.signal !== undefined && { signal: end.signal }),
  });
}

export const flooded = (told: Told, limitBytes: number): Failed =>
  failed(
    { ...told, evidence: { ...told.evidence, truncated: true } },
    "TASK_EXECUTION_FAILED",
    `the program wrote more than ${limitBytes} bytes and was stopped; print less, or write to a file`,
    { outcome: "output-limit", limitBytes },
  );

export function failed(
  { image, evidence }: Pick<Told, "image" | "evidence">,
  code: ErrorCode,
  message: string,
  details: JsonObject,
  retryable?: boolean,
): Failed {
  const error = errorInfo(code, message, { details, ...(retryable !== undefined && { retryable }) });
  return {
    ok: false,
    error,
    instance: image,
    ...(Object.keys(evidence).length > 0 && { evidence }),
  };
}

function remark(stderr: string): string {
  const line = stderr.trim().split("\n").at(-1)?.trim() ?? "";
  return line === "" ? "" : `: ${line.slice(0, LONGEST_REMARK)}`;
}
