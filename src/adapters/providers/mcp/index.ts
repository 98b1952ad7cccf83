export { mcpProvider } from "./mcp-provider.ts";
export { type Tools, tool } from "./tool.ts";
