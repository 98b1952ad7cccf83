// Python scripts as tasks, on Pyodide in the sandbox's children.
import {
  type Sandbox,
  type ScriptOptions,
  type ScriptProvider,
  scriptOperations,
} from "../../../engine/ports/index.ts";
import { pythonMethods } from "./methods.ts";
import { program } from "./program.ts";

const LANGUAGE = {
  language: "Python",
  protocol: "python/v1",
  name: "python",
  methods: pythonMethods,
  operations: scriptOperations({ execution_mode: "wasm" }),
  program,
} as const;

export type PythonOptions = ScriptOptions & { readonly sandbox: Sandbox };

export const pythonProvider = ({ sandbox, ...options }: PythonOptions): ScriptProvider =>
  sandbox(LANGUAGE, options);
