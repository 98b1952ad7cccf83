// JavaScript modules as tasks, on QuickJS in the sandbox's children.
import {
  type Sandbox,
  type ScriptOptions,
  type ScriptProvider,
  scriptOperations,
} from "../../../engine/ports/index.ts";
import { javascriptMethods } from "./methods.ts";
import { program } from "./program.ts";

const MIB = 1024 * 1024;

/** They pass through the child's own memory, which is small. */
const CALL_BYTES = 16 * MIB;

const LANGUAGE = {
  language: "JavaScript",
  protocol: "javascript/v1",
  name: "javascript",
  methods: javascriptMethods,
  operations: scriptOperations(),
  program,
} as const;

export const javascriptProvider = ({
  sandbox,
  limits,
  ...options
}: ScriptOptions & { readonly sandbox: Sandbox }): ScriptProvider =>
  sandbox(LANGUAGE, { ...options, limits: { callBytes: CALL_BYTES, ...limits } });
