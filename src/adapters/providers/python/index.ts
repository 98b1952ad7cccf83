export { pythonProvider } from "./provider.ts";
