export { moduleProvider } from "./module-provider.ts";
