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
} from "../../domain/index.ts";
import { toolCalls } from "../agent/calls.ts";
import type { Call, Clock, Foreseen, Provider } from "../ports/index.ts";
import type { ProviderRegistry } from "./registry.ts";

/** How long a run waits for servers that are asked; one that is mute then fails its own task. */
const PATIENCE_MS = 5_000;

type Around = {
  readonly clock: Pick<Clock, "after">;
  /** That nothing is known of what this provider would say, for it has not answered by then. */
  readonly unheard: (provider: string, withinMs: number) => void;
};

type Asks = (speaker: Provider | undefined, call: Call) => Promise<readonly Foreseen[]>;

/** WORKFLOW_VALIDATION_FAILED with every problem; of a batch the template is left to its tasks. */
export async function preflight(
  registry: ProviderRegistry,
  definition: Definition,
  around: Around,
): Promise<void> {
  if (!registry.providers.some((provider) => provider.preflight !== undefined)) return;
  const { tasks = [], defaults } = definition;
  const { asks, end } = asking(around);
  const found = await Promise.all(
    tasks.map((task, i) => problemsOf({ registry, asks }, task, defaults?.provider, ["tasks", i])),
  );
  end();
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

/** All of them together have so long. */
function asking({ clock, unheard }: Around): { readonly asks: Asks; readonly end: () => void } {
  let end = (): void => undefined;
  const late = new Promise<"late">((resolve) => {
    end = clock.after(PATIENCE_MS, () => resolve("late"));
  });
  const silent = new Set<string>();
  const asks: Asks = async (speaker, call) => {
    const said = await Promise.race([speaker?.preflight?.(call) ?? [], late]);
    if (said !== "late") return said;
    const name = speaker?.name ?? "";
    if (!silent.has(name)) unheard(name, PATIENCE_MS);
    silent.add(name);
    return [];
  };
  return { asks, end };
}

type Known = { readonly registry: ProviderRegistry; readonly asks: Asks };

async function problemsOf(
  known: Known,
  task: TaskDefinition,
  preferred: string | undefined,
  path: readonly (string | number)[],
): Promise<readonly Problem[]> {
  const { method, protocol, params = {}, provider } = task;
  if (method === undefined) return [];
  const target = targetOf({ method, ...(protocol !== undefined && { protocol }) });
  const call = { method: target.method, params };
  const speaker = known.registry.find(target.protocol, provider, preferred, call);
  if (isAgent(target)) return ofTools(known, params, preferred, [...path, "params", "tools"]);
  const foreseen = await known.asks(speaker, call);
  const certain = ({ path: place }: Foreseen): boolean => place === undefined || !isOpenPlace(params, place);
  return foreseen.filter(certain).map(({ code, message, path: place }) => ({
    code,
    message,
    path: pathText(place ? [...path, "params", ...place] : [...path, "method"]),
  }));
}

/** Of an agent's tools only that they exist: what they are called with is said later. */
async function ofTools(
  { registry, asks }: Known,
  params: JsonObject,
  preferred: string | undefined,
  path: readonly (string | number)[],
): Promise<readonly Problem[]> {
  const calls = toolCalls(agentOf(params).tools, params);
  const found = await Promise.all(
    calls.map(async ({ protocol, provider, ...call }, i) => {
      const speaker = registry.find(protocol, provider, preferred, call);
      const foreseen = await asks(speaker, call);
      return foreseen
        .filter(({ path: place }) => place === undefined)
        .map(({ code, message }) => ({ code, message, path: pathText([...path, i]) }));
    }),
  );
  return found.flat();
}
