// `llm/v1`: language models, whichever way their servers speak.

export { allModels } from "./all-models.ts";
export { discovered } from "./discover.ts";
export { type LlmOptions, llmProvider } from "./llm-provider.ts";
export { llmMethods } from "./methods.ts";
