export { type LlmOptions, llmProvider } from "./llm-provider.ts";
