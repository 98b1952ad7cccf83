// A provider out of a JavaScript module that the configuration names.

export { moduleProvider } from "./module-provider.ts";
