export { mcpProvider } from "./mcp-provider.ts";
export { mcpServerProvider } from "./server-provider.ts";
export { type Tools, tool } from "./tool.ts";
