// How an agent begins: its params as they are now, its tools as the model will be told of them, its first turn.
import {
  AgentParams,
  type ErrorInfo,
  errorInfo,
  errorInfoOf,
  pathText,
  resolve,
  type SecretPlace,
  type TaskNode,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import { paramsNow } from "../resolving/settings.ts";
import { leftOut, type Owed, paramsProblem, refused } from "../resolving/task-params.ts";
import { scopeFor } from "../resolving/task-scope.ts";
import { placeInTool } from "./secrets.ts";
import { describedTools } from "./tools.ts";

export async function beginAgent(kit: Kit, driven: Driven, node: TaskNode): Promise<Owed> {
  const scope = await scopeFor(kit, driven, node);
  const left = await leftOut(kit, driven, node, scope);
  if (left) return left;
  const resolved = resolve(await paramsNow(kit, driven, node), scope);
  if (!resolved.ok) return refused(node, resolved.error);
  const { value: params, secrets } = resolved;
  const problem = misplaced(secrets) ?? paramsProblem(kit, node, params, secrets);
  if (problem) return refused(node, problem);
  try {
    const tools = await describedTools(kit, driven.facts.run, node, AgentParams.parse(params).tools);
    const steps = [{ kind: "turn" } as const];
    return {
      command: {
        type: "AddTasks",
        template: node.id,
        count: 1,
        steps,
        agent: { params, tools, ...(secrets && { secrets }) },
      },
    };
  } catch (error) {
    return refused(node, errorInfoOf(error, "PROVIDER_ERROR"));
  }
}

/** A call may be made with one; a model is not told any. */
function misplaced(secrets: readonly SecretPlace[] = []): ErrorInfo | undefined {
  const wrong = secrets.find((secret) => placeInTool(secret) === undefined);
  if (!wrong) return undefined;
  const path = pathText(wrong.path);
  const message = `params.${path}: a secret stands in the \`params\` of a tool, where no model sees it`;
  return errorInfo("TASK_PARAMETER_ERROR", message, { details: { path } });
}
