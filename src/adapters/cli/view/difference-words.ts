// A difference between two runs in words.
import type { Json } from "../../../domain/index.ts";
import type { DifferenceDocument } from "../../../engine/index.ts";

const WORDS: Readonly<Record<DifferenceDocument["kind"], string>> = {
  definition: "document",
  inputs: "inputs",
  missing: "task",
  status: "status",
  method: "method",
  params: "params",
  files: "files",
  result: "result",
  error: "error",
  attempts: "attempts",
  provider: "provider",
  instance: "instance",
  model: "model",
  modelDigest: "model's digest",
  usage: "usage",
  skipped: "reason",
  duration: "duration",
  outputs: "outputs",
};

/** `params.items[2].name`. */
export function placeOf({ kind, path }: DifferenceDocument): string {
  if (path === undefined) return WORDS[kind];
  return `${WORDS[kind]}${path.startsWith("[") ? "" : "."}${path}`;
}

/** A value on one line; what was not there is a dash. */
export const sideText = (side: Json | undefined): string =>
  side === undefined ? "—" : typeof side === "string" ? side : JSON.stringify(side);

export const subjectOf = ({ task }: DifferenceDocument): string => task ?? "the run";
