// Whether a document is plain I-JSON at all, before anything else looks at it.
import { isList, type Json, jsonProblem, MAX_DEPTH } from "../json.ts";
import type { Path, Report } from "./problems.ts";

/** A key that means the prototype to too many programs. */
const FORBIDDEN_KEY = "__proto__";

/** False when the value cannot be walked through; bad numbers, texts and keys are reported and walked past. */
export function isPlain(value: unknown, report: Report, path: Path = []): value is Json {
  if (typeof value !== "object" || value === null) return isPlainLeaf(value, report, path);
  if (path.length > MAX_DEPTH) {
    refuse(`nested deeper than ${MAX_DEPTH} levels`, path.slice(0, 3), report);
    return false;
  }
  if (isList(value)) return every(value.entries(), report, path);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    refuse("is not a plain map", path, report);
    return false;
  }
  for (const key of Object.keys(value)) if (!isPlainKey(key, report, [...path, key])) return false;
  return every(Object.entries(value), report, path);
}

function every(members: Iterable<readonly [string | number, unknown]>, report: Report, path: Path): boolean {
  for (const [key, member] of members) if (!isPlain(member, report, [...path, key])) return false;
  return true;
}

function isPlainLeaf(value: unknown, report: Report, path: Path): boolean {
  const problem = jsonProblem(value);
  if (!problem) return true;
  const goOn = refuse(problem.message.replace("return it", "write it"), path, report);
  return goOn && (typeof value === "number" || typeof value === "string");
}

function isPlainKey(key: string, report: Report, path: Path): boolean {
  const message =
    key === FORBIDDEN_KEY ? `\`${key}\` cannot be a key: name it otherwise` : jsonProblem(key)?.message;
  return message === undefined || report({ code: "WORKFLOW_VALIDATION_FAILED", message, path, at: "key" });
}

const refuse = (message: string, path: Path, report: Report): boolean =>
  report({ code: "WORKFLOW_VALIDATION_FAILED", message, path });
