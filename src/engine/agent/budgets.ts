// What an agent may spend. A budget that nobody can count is not kept in silence: the agent ends.
import {
  type AgentBudgets,
  type ErrorInfo,
  errorInfo,
  type JsonObject,
  type Spent,
} from "../../domain/index.ts";

const MICROS = 1_000_000;

/** Why there is no further turn. */
export function overspent(
  { max_steps, max_total_tokens, max_cost }: AgentBudgets,
  { turns, tokens, costMicros, uncounted, unpriced }: Spent,
): ErrorInfo | undefined {
  if (max_total_tokens !== undefined && uncounted > 0) return uncountable("max_total_tokens", "tokens");
  if (max_cost !== undefined && unpriced > 0) return uncountable("max_cost", "price");
  const budgets: readonly (readonly [name: string, limit: number | undefined, used: number])[] = [
    ["max_steps", max_steps, turns],
    ["max_total_tokens", max_total_tokens, tokens],
    ["max_cost", max_cost, costMicros / MICROS],
  ];
  for (const [budget, limit, used] of budgets) {
    if (limit === undefined || used < limit) continue;
    return exhausted({ budget, limit, used });
  }
  return undefined;
}

function exhausted(details: JsonObject & { readonly budget: string; readonly limit: number }): ErrorInfo {
  const message = `the agent has used up its \`${details.budget}\` of ${details.limit} and asks for more`;
  return errorInfo("RESOURCE_EXHAUSTED", message, { retryable: false, details });
}

function uncountable(budget: string, what: "tokens" | "price"): ErrorInfo {
  const why =
    what === "tokens"
      ? "the model's server does not say how many tokens a turn took"
      : "the model has no price: give it one under `prices` of its provider";
  return errorInfo("CONFIGURATION_ERROR", `\`${budget}\` cannot be kept: ${why}`, { details: { budget } });
}
