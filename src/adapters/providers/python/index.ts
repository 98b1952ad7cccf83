export { type PythonOptions, pythonProvider } from "./provider.ts";
