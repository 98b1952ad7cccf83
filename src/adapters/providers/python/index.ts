// `python/v1`: scripts on Pyodide in a locked-down child, in a container, or on the host where that is allowed.

export { CONTAINER_LAYERS } from "./cpython.ts";
export { type PythonOptions, pythonProvider } from "./provider.ts";
