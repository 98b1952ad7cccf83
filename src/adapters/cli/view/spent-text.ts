// What a model counted, in words.
import type { Usage } from "../../../projections/index.ts";

export function usageText({ inputTokens, outputTokens, costMicros }: Usage): string {
  const counted = [
    ...(inputTokens === undefined ? [] : [`${inputTokens} tokens read`]),
    ...(outputTokens === undefined ? [] : [`${outputTokens} written`]),
    ...(costMicros === undefined ? [] : [`cost ${costMicros / 1e6}`]),
  ];
  return counted.join(", ");
}

export const spentText = (model: string | undefined, usage: Usage | undefined): string =>
  [model ?? "", usageText(usage ?? {})].filter((part) => part !== "").join(", ");
