// `mcp/v1`: the built-in server of tools, and servers of the configuration.

export { mcpProvider } from "./mcp-provider.ts";
export { mcpServerProvider } from "./server-provider.ts";
export { type Tools, tool } from "./tool.ts";
