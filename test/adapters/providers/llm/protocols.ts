// How each protocol looks from the server's side.
export { anthropicProtocol } from "./anthropic-protocol.ts";
export { ollamaProtocol } from "./ollama-protocol.ts";
export { openaiProtocol } from "./openai-protocol.ts";
export { type Heard, type Protocol, textMember } from "./protocol.ts";
