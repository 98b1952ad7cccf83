export { toolsProvider } from "./tools-provider.ts";
