// An agent in a document: what it cannot have, and its tools, each held to what a task of its own would be.
import { isList, isObject, type Json, type JsonObject, pathText } from "../json.ts";
import { isAgent, toolName } from "./agent.ts";
import { AgentPlan } from "./agent-params.ts";
import { checkMethod } from "./check-methods.ts";
import type { MethodCatalog, Path, Report } from "./problems.ts";
import { hasTemplates } from "./references.ts";
import { QUESTION, SUB_WORKFLOW, targetOf } from "./target.ts";
import { compensationView, fallbackViews, type TaskView } from "./task-views.ts";

type Asked = {
  readonly catalog: MethodCatalog;
  readonly report: Report;
  readonly protocol?: string | undefined;
};

export function checkAgent(task: TaskView, { catalog, report, protocol }: Asked): void {
  const complain = (message: string, path: Path): boolean =>
    report({ code: "TASK_VALIDATION_FAILED", message, path });
  const undone = compensationView(task);
  for (const view of [...fallbackViews(task), ...(undone ? [undone] : [])]) {
    if (view.written.method !== task.written.method && callsAgent(view.written, protocol))
      complain("an agent cannot be called as a fallback or to undo a task", [...view.path, "method"]);
  }
  if (!callsAgent(task.written, protocol)) return;
  for (const key of ["for_each", "cache", "fallback"].filter((one) => Object.hasOwn(task.written, one))) {
    complain(`\`${key}\` does nothing beside an agent: ${INSTEAD[key]}`, [...task.path, key]);
  }
  const { tools } = task.params;
  const place = [...task.path, "params"];
  for (const path of openPlaces(task.params)) {
    complain(`\`${pathText(path)}\` is taken as it stands: no \`\${…}\` here`, [...place, ...path]);
  }
  for (const [i, tool] of (isList(tools) ? tools : []).entries())
    checkTool(task, tool, [...place, "tools", i], { catalog, report });
  checkNames(task.params, place, complain);
}

/** What is compiled from the document is in every event, so nothing that a run is given comes into it. */
function openPlaces({ tools, approve }: JsonObject): readonly Path[] {
  const maps: readonly (readonly [Path, Json | undefined])[] = [
    ...(isList(tools)
      ? tools.map((tool, i) => [["tools", i], tool] as const)
      : [[["tools"], tools] as const]),
    [["approve"], approve],
  ];
  return maps.flatMap(([path, value]) => {
    if (!isObject(value)) return value !== undefined && hasTemplates(value) ? [path] : [];
    const closed = Object.entries(value).filter(([key, member]) => !OPEN.has(key) && hasTemplates(member));
    return closed.map(([key]) => [...path, key]);
  });
}

const OPEN: ReadonlySet<string> = new Set(["params", "description", "approvers", "not_by"]);

const INSTEAD: Readonly<Record<string, string>> = {
  for_each: "write it into a workflow of its own and repeat that",
  cache: "its turns are recorded, and taken over when the run is retried",
  fallback: "each of its turns is a task of its own, and retried as such",
};

function callsAgent({ method, protocol }: JsonObject, general?: string): boolean {
  const spoken = protocol ?? general;
  if (typeof method !== "string" || method === "") return false;
  return isAgent(targetOf({ method, ...(typeof spoken === "string" && { protocol: spoken }) }));
}

/** What a tool is given by the document is judged here, what is left open is the model's to say. */
function checkTool(task: TaskView, tool: Json, path: Path, { catalog, report }: Asked): void {
  const written = typeof tool === "string" ? { method: tool } : tool;
  if (!isObject(written) || typeof written.method !== "string") return;
  const { method, protocol } = written;
  const target = targetOf({ method, ...(typeof protocol === "string" && { protocol }) });
  const others = [SUB_WORKFLOW.protocol, QUESTION.protocol];
  if (others.includes(target.protocol) || isAgent(target)) {
    report({ code: "TASK_VALIDATION_FAILED", message: `\`${method}\` cannot be a tool of an agent`, path });
    return;
  }
  const params = isObject(written.params) ? written.params : {};
  const isGiven = (place: Path): boolean => typeof place[0] === "string" && Object.hasOwn(params, place[0]);
  const known: Report = (problem) =>
    problem.code === "INVALID_PARAMS" && !isGiven(problem.path.slice(path.length + 1))
      ? true
      : report(problem);
  checkMethod({ ...task, path, written, params, isOtherKind: false }, { catalog, report: known });
}

function checkNames(
  params: JsonObject,
  place: Path,
  complain: (message: string, path: Path) => boolean,
): void {
  const plan = AgentPlan.safeParse(params);
  if (!plan.success) return; // said where params are checked
  const names = plan.data.tools.map(toolName);
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) < i)
      complain(`two tools are named \`${name}\`: give one another \`name\``, [...place, "tools", i]);
  }
  const methods = plan.data.tools.map((tool) => (typeof tool === "string" ? tool : tool.method));
  const known = [...names, ...methods];
  const { approve } = plan.data;
  const listed = typeof approve === "boolean" ? [] : "includes" in approve ? approve : (approve.tools ?? []);
  for (const one of listed.filter((asked) => !known.includes(asked)))
    complain(`\`approve\` names \`${one}\`, which is no tool of this agent`, [...place, "approve"]);
}
