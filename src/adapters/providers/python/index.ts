export type { PythonLimits } from "./limits.ts";
export { type PythonOptions, type PythonProvider, pythonProvider } from "./provider.ts";
