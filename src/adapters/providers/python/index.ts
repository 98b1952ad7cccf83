export { CONTAINER_LAYERS } from "./cpython.ts";
export { type PythonOptions, pythonProvider } from "./provider.ts";
