// What a call costs, where the configuration says what its model costs.
import type { Usage } from "../../../engine/ports/index.ts";
import type { Facts } from "./ask.ts";

/** Of a million tokens each, in whatever currency the configuration is written in. */
export type Price = { readonly input: number; readonly output: number };

/** Undefined where the server does not count. A price per million tokens is so many millionths a token. */
export function usageOf(
  { promptTokens, completionTokens }: Facts,
  price: Price | undefined,
): Usage | undefined {
  if (promptTokens === undefined && completionTokens === undefined) return undefined;
  const costMicros =
    price && Math.round((promptTokens ?? 0) * price.input + (completionTokens ?? 0) * price.output);
  return {
    ...(promptTokens !== undefined && { inputTokens: promptTokens }),
    ...(completionTokens !== undefined && { outputTokens: completionTokens }),
    ...(costMicros !== undefined && { costMicros }),
  };
}
