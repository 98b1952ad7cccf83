// The tools of an agent as a model is told of them, and a call of one as its method takes it.
import {
  type AgentPlan,
  type AgentTool,
  isObject,
  type Json,
  type JsonObject,
  type RunId,
  schemaJson,
  type TaskNode,
} from "../../domain/index.ts";
import type { Kit } from "../host.ts";
import { toldOf } from "./told-tools.ts";

type Written = AgentPlan["tools"][number];

/** What the document gives with every call of a tool. */
export const fixedParams = (written: Written | undefined): JsonObject =>
  typeof written === "object" ? (written.params ?? {}) : {};

export function describedTools(
  kit: Kit,
  run: RunId,
  node: TaskNode,
  written: AgentPlan["tools"],
): Promise<readonly JsonObject[]> {
  return Promise.all((node.agent?.tools ?? []).map((tool, i) => described(kit, run, node, tool, written[i])));
}

/** The author's own words before those of whoever has the tool. What is given anyway is not spoken of. */
async function described(
  kit: Kit,
  run: RunId,
  { id: task, preferredProvider }: TaskNode,
  tool: AgentTool,
  written: Written | undefined,
): Promise<JsonObject> {
  const fixed = fixedParams(written);
  const { protocol, method: name, provider } = tool;
  const call = { method: name, params: paramsFor(tool, {}, fixed) };
  const { registry } = kit;
  const speaker = registry.find(protocol, provider, preferredProvider, call);
  const told =
    speaker && (await toldOf(kit, { run, task, attempt: 0 }, { protocol, name, provider }, speaker));
  const method = registry.method(protocol, name, provider ?? preferredProvider, call.params);
  const words = typeof written === "object" ? written.description : undefined;
  const schema = told?.parameters ?? (method ? schemaJson(method.params) : {});
  return {
    name: tool.name,
    description: words ?? told?.description ?? method?.description ?? "",
    parameters: without(schema, Object.keys(fixed)),
  };
}

function without(
  { type, properties, required, ...schema }: JsonObject,
  given: readonly string[],
): JsonObject {
  const isOpen = (name: string): boolean => !given.includes(name);
  const open = isObject(properties)
    ? Object.fromEntries(Object.entries(properties).filter(([name]) => isOpen(name)))
    : {};
  const needed = (Array.isArray(required) ? required : []).filter(
    (name: Json) => typeof name === "string" && isOpen(name),
  );
  return {
    ...schema,
    type: type ?? "object",
    properties: open,
    ...(needed.length > 0 && { required: needed }),
  };
}

/** What the model says never takes the place of what the document gives, nor chooses the server. */
export function paramsFor({ protocol }: AgentTool, said: JsonObject, fixed: JsonObject): JsonObject {
  if (protocol !== "mcp/v1") return { ...said, ...fixed };
  const { server, ...given } = fixed;
  return { arguments: { ...said, ...given }, ...(server !== undefined && { server }) };
}
