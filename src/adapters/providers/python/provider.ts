// Python scripts as tasks, on Pyodide in the sandbox's children.
import type { Sandbox, ScriptOptions, ScriptProvider } from "../../../engine/ports/index.ts";
import { pythonMethods } from "./methods.ts";
import { operations } from "./operations.ts";
import { program } from "./program.ts";

export type PythonOptions = ScriptOptions & { readonly sandbox: Sandbox };

export const pythonProvider = ({ sandbox, ...options }: PythonOptions): ScriptProvider =>
  sandbox(
    {
      language: "Python",
      protocol: "python/v1",
      name: "python",
      methods: pythonMethods,
      operations,
      program,
    },
    options,
  );
