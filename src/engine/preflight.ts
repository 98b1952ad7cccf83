// What providers can say of a document's calls before the run: a tool that its server does not have, arguments that do
// not fit. What they can only say later is an error of the task.
import {
  agentOf,
  type Definition,
  GleitzeitError,
  isAgent,
  isOpenPlace,
  type JsonObject,
  type Problem,
  pathText,
  type TaskDefinition,
  targetOf,
} from "../domain/index.ts";
import { toolCalls } from "./agent/calls.ts";
import type { Foreseen } from "./ports/index.ts";
import type { ProviderRegistry } from "./registry.ts";

/** WORKFLOW_VALIDATION_FAILED with every problem; of a batch the template is left to its tasks. */
export async function preflight(registry: ProviderRegistry, definition: Definition): Promise<void> {
  if (!registry.providers.some((provider) => provider.preflight !== undefined)) return;
  const { tasks = [], defaults } = definition;
  const found = await Promise.all(
    tasks.map((task, i) => problemsOf(registry, task, defaults?.provider, ["tasks", i])),
  );
  const problems = found.flat();
  const [first] = problems;
  if (!first) return;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  throw new GleitzeitError(
    "WORKFLOW_VALIDATION_FAILED",
    `${first.path ?? "tasks"}: ${first.message}${more}`,
    { problems },
  );
}

async function problemsOf(
  registry: ProviderRegistry,
  task: TaskDefinition,
  preferred: string | undefined,
  path: readonly (string | number)[],
): Promise<readonly Problem[]> {
  const { method, protocol, params = {}, provider } = task;
  if (method === undefined) return [];
  const target = targetOf({ method, ...(protocol !== undefined && { protocol }) });
  const call = { method: target.method, params };
  const speaker = registry.find(target.protocol, provider, preferred, call);
  if (isAgent(target)) return ofTools(registry, params, preferred, [...path, "params", "tools"]);
  const foreseen = (await speaker?.preflight?.(call)) ?? [];
  const certain = ({ path: place }: Foreseen): boolean => place === undefined || !isOpenPlace(params, place);
  return foreseen.filter(certain).map(({ code, message, path: place }) => ({
    code,
    message,
    path: pathText(place ? [...path, "params", ...place] : [...path, "method"]),
  }));
}

/** Of an agent's tools only that they exist: what they are called with is said later. */
async function ofTools(
  registry: ProviderRegistry,
  params: JsonObject,
  preferred: string | undefined,
  path: readonly (string | number)[],
): Promise<readonly Problem[]> {
  const calls = toolCalls(agentOf(params).tools, params);
  const found = await Promise.all(
    calls.map(async ({ protocol, provider, ...call }, i) => {
      const speaker = registry.find(protocol, provider, preferred, call);
      const foreseen = (await speaker?.preflight?.(call)) ?? [];
      return foreseen
        .filter(({ path: place }) => place === undefined)
        .map(({ code, message }) => ({ code, message, path: pathText([...path, i]) }));
    }),
  );
  return found.flat();
}
