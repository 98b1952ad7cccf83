// What a model asks for is held to the tools' own schemas before anything is called: what does not fit is answered at once.
import {
  type AgentPlan,
  type AgentTool,
  didYouMean,
  type ErrorCode,
  type JsonObject,
  pathText,
  type Steps,
  type TaskNode,
} from "../../domain/index.ts";
import type { Kit } from "../host.ts";
import type { Requested } from "./requests.ts";
import { fixedParams, paramsFor } from "./tools.ts";

export type Judged = {
  readonly steps: Steps;
  /** Beside each step: which request it is for, and with what. */
  readonly items: readonly JsonObject[];
  readonly refused: readonly JsonObject[];
};

type Refusal = { readonly code: ErrorCode; readonly message: string };
type Verdict = { readonly place: number; readonly args: JsonObject } | Refusal;

export async function judged(
  kit: Kit,
  agent: TaskNode,
  written: AgentPlan["tools"],
  requests: readonly Requested[],
): Promise<Judged> {
  const verdicts = await Promise.all(requests.map((request) => judge(kit, agent, written, request)));
  const steps: Steps[number][] = [];
  const items: JsonObject[] = [];
  const refused: JsonObject[] = [];
  for (const [call, verdict] of verdicts.entries()) {
    if ("code" in verdict) {
      refused.push({ call, ...verdict });
      continue;
    }
    const { place: tool, args } = verdict;
    const kinds = agent.agent?.tools[tool]?.asks ? (["approval", "call"] as const) : (["call"] as const);
    for (const kind of kinds) {
      steps.push({ kind, tool });
      items.push({ call, arguments: args });
    }
  }
  return { steps, items, refused };
}

async function judge(
  kit: Kit,
  agent: TaskNode,
  written: AgentPlan["tools"],
  { name, arguments: args }: Requested,
): Promise<Verdict> {
  const tools = agent.agent?.tools ?? [];
  const place = tools.findIndex((tool) => tool.name === name);
  const tool = tools[place];
  if (!tool) {
    const names = tools.map((one) => one.name);
    const hint = didYouMean(name, names) || `: there is ${names.join(", ") || "none"}`;
    return { code: "METHOD_NOT_SUPPORTED", message: `there is no tool \`${name}\`${hint}` };
  }
  if (!args) return { code: "INVALID_PARAMS", message: "the arguments must be a JSON object" };
  const fixed = fixedParams(written[place]);
  return (await unfit(kit, agent, tool, { params: paramsFor(tool, args, fixed), fixed })) ?? { place, args };
}

/** What is wrong with a call, as far as that is known before it is made, and is not for the document to mend. */
async function unfit(
  { registry }: Kit,
  { preferredProvider }: TaskNode,
  { protocol, method, provider }: AgentTool,
  { params, fixed }: { readonly params: JsonObject; readonly fixed: JsonObject },
): Promise<Refusal | undefined> {
  const problems = registry.check(protocol, method, params, provider ?? preferredProvider);
  const call = { method, params };
  const foreseen =
    problems.length > 0
      ? []
      : ((await registry.find(protocol, provider, preferredProvider, call)?.preflight?.(call)) ?? []);
  const found = [...problems, ...foreseen].flatMap(({ path = [], message }) => {
    const place = protocol === "mcp/v1" && path[0] === "arguments" ? path.slice(1) : path;
    if (place[0] !== undefined && Object.hasOwn(fixed, place[0])) return [];
    return [place.length === 0 ? message : `${pathText(place)}: ${message}`];
  });
  return found.length === 0 ? undefined : { code: "INVALID_PARAMS", message: found.join("; ") };
}
