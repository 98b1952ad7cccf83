// Places in params that nobody can judge before the run.
import type { JsonObject } from "../json.ts";
import { valueAt } from "./check-structure.ts";
import type { Path } from "./problems.ts";
import { hasTemplates } from "./references.ts";

/** The value there holds a reference, or lies under one. */
export function isOpenPlace(params: JsonObject, path: Path): boolean {
  for (let depth = 0; depth <= path.length; depth++) {
    const value = valueAt(params, path.slice(0, depth));
    if (typeof value === "string" && hasTemplates(value)) return true;
    if (depth === path.length && value !== undefined && hasTemplates(value)) return true;
  }
  return false;
}
