// A folder of functions as tools of `mcp/v1`.

export { toolsProvider } from "./tools-provider.ts";
