// The protocols that are spoken, by the `type` of a provider in the configuration.
import { anthropic } from "./anthropic.ts";
import type { Wire } from "./ask.ts";
import { ollama } from "./ollama.ts";
import { openai } from "./openai.ts";

export type WireType = "ollama" | "openai" | "anthropic";

export function wireOf(type: WireType, url: string): Wire {
  switch (type) {
    case "ollama":
      return ollama;
    case "openai":
      return openai(new URL(url).hostname === "api.openai.com" ? "max_completion_tokens" : "max_tokens");
    case "anthropic":
      return anthropic;
  }
}
