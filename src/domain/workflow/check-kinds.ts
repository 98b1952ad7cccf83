// What a task is: a call of a method, a wait, a question to people; that it is one of these only, and whole.
import { isList, isObject, type JsonObject, pathText } from "../json.ts";
import { KINDS } from "./keys.ts";
import type { Path, Report } from "./problems.ts";
import { isTemplate } from "./references.ts";
import type { TaskView } from "./task-views.ts";
import { writtenInstant, type Zones } from "./written-instant.ts";

/** What only the call of a method has: elsewhere it would do nothing, so it is refused. */
export const OF_METHODS = ["params", "protocol", "provider", "cache", "model", "affinity", "hash_key"];
export const OF_CALLS = [...OF_METHODS, "retry", "on_worker_lost", "timeout", "fallback"];

type Complain = (message: string, path: Path, at?: "key") => boolean;

export function checkKind({ written, path, isMap }: TaskView, zones: Zones, report: Report): void {
  const complain: Complain = (message, place, at) =>
    report({ code: "TASK_VALIDATION_FAILED", message, path: [...path, ...place], ...(at && { at }) });
  const [kind, ...others] = kindsOf(written);
  if (!isMap) return; // refused already
  if (kind === undefined) {
    const named = path[0] === "template" ? [...path, "method"] : ["method"];
    complain(`\`${pathText(named)}\` is required`, ["method"]);
    return;
  }
  for (const other of others) {
    complain(`a task is one thing, a \`${kind}\` or a \`${other}\`: keep one of them`, [other], "key");
  }
  if (Object.hasOwn(written, "inputs") && ![kind, ...others].includes("workflow")) {
    complain("`inputs` of a task belong to `workflow`; a method takes `params`", ["inputs"], "key");
  }
  if (others.length > 0) return;
  for (const key of kind === "workflow" ? OF_METHODS.filter((one) => Object.hasOwn(written, one)) : []) {
    complain(`\`${key}\` does nothing beside \`workflow\``, [key], "key");
  }
  if (kind !== "wait" && kind !== "approval") return;
  for (const key of OF_CALLS.filter((one) => Object.hasOwn(written, one))) {
    const hint = key === "timeout" ? `: write it into \`${kind}\`` : "";
    complain(`\`${key}\` does nothing beside \`${kind}\`${hint}`, [key], "key");
  }
  const map = written[kind];
  if (!isObject(map)) return;
  if (kind === "wait") checkWait(map, zones, complain);
  else checkApproval(map, complain);
}

export const kindsOf = (task: JsonObject): readonly (typeof KINDS)[number][] =>
  KINDS.filter((key) => Object.hasOwn(task, key));

const WAYS = ["signal", "for", "until"];

function checkWait(wait: JsonObject, zones: Zones, complain: Complain): void {
  const [way, ...others] = WAYS.filter((key) => Object.hasOwn(wait, key));
  if (way === undefined)
    complain("`wait` needs a `signal`, a time to wait `for`, or an instant to wait `until`", ["wait"]);
  for (const other of others) {
    complain(`a wait ends in one way, \`${way}\` or \`${other}\`: keep one of them`, ["wait", other], "key");
  }
  const needs = { timeout: "signal", timezone: "until" } as const;
  for (const [key, owner] of Object.entries(needs)) {
    if (Object.hasOwn(wait, key) && !Object.hasOwn(wait, owner)) {
      complain(`\`${key}\` belongs to \`${owner}\``, ["wait", key], "key");
    }
  }
  const { until, timezone } = wait;
  if (typeof until !== "string" || isTemplate(until)) return;
  const instant = writtenInstant(until, typeof timezone === "string" ? timezone : undefined, zones);
  if (!instant.ok) complain(`\`wait.until\`: ${instant.message}`, ["wait", "until"]);
}

/** Groups of people come with a server that knows them. */
const ROLE = /^role:/;

function checkApproval(approval: JsonObject, complain: Complain): void {
  for (const key of ["approvers", "not_by"]) {
    for (const [i, name] of (isList(approval[key]) ? approval[key] : []).entries()) {
      if (typeof name !== "string") continue;
      const place = ["approval", key, i];
      if (name === "") complain(`\`${pathText(place)}\` must be a name of a user`, place);
      if (ROLE.test(name)) complain(`\`${name}\`: roles are not available in this version`, place);
    }
  }
  const { approvers, min, not_by } = approval;
  if (!isList(approvers) || approvers.some((name) => typeof name !== "string" || isTemplate(name))) return;
  const excluded: ReadonlySet<unknown> = new Set(isList(not_by) ? not_by : []);
  const few = new Set(approvers.filter((name) => !excluded.has(name))).size;
  const needed = typeof min === "number" ? min : 1;
  if (few >= needed) return;
  complain(`\`approval\` can never be given: it needs ${needed} of ${few} approvers`, [
    "approval",
    "approvers",
  ]);
}
