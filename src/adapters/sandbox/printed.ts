// What a script prints, as it comes: passed on to whoever watches, and kept within the limit.
import type { CallContext, Evidence } from "../../engine/ports/index.ts";
import type { Output } from "./interpreter.ts";

export type Printed = Output & {
  readonly text: (stream: "stdout" | "stderr") => string;
  readonly evidence: () => Evidence;
};

/** The child keeps to the limit; a child that does not is not believed. */
export function printed(limit: number, emit: CallContext["emit"]): Printed {
  const kept = { stdout: "", stderr: "" };
  const keep = (stream: "stdout" | "stderr") => (text: string) => {
    if (kept[stream].length + text.length > limit) return;
    kept[stream] += text;
    emit({ kind: stream, text });
  };
  return {
    stdout: keep("stdout"),
    stderr: keep("stderr"),
    text: (stream) => kept[stream],
    evidence: () => ({
      ...(kept.stdout !== "" && { stdout: kept.stdout }),
      ...(kept.stderr !== "" && { stderr: kept.stderr }),
    }),
  };
}
