// What `javascript/v1` offers: validation, the published list and the docs come from these schemas.
import { z } from "zod";
import {
  hasOneSource,
  ONE_SOURCE,
  ScriptCheck,
  ScriptExecution,
  ScriptSource,
} from "../../../domain/index.ts";
import { type Method, scriptFiles, scriptSourceFiles } from "../../../engine/ports/index.ts";

const ExecuteParams = z
  .strictObject({ ...ScriptSource, ...ScriptExecution })
  .refine(hasOneSource, ONE_SOURCE);

const ExecuteResult = z.strictObject({
  result: z.json().describe("the script's `result`, else its default export, else what it printed last"),
  output: z.string().describe("stdout: console.log"),
  stderr: z.string().describe("console.error and console.warn"),
  success: z.literal(true),
  execution_time: z.number().nonnegative().describe("seconds"),
  output_truncated: z.literal(true).optional(),
});

const ValidateParams = z.strictObject(ScriptSource).refine(hasOneSource, ONE_SOURCE);

const InfoResult = z.strictObject({
  engine: z.string(),
  version: z.string(),
  platform: z.string(),
  globals: z.array(z.string()),
});

export const javascriptMethods = {
  execute: {
    version: 1,
    description: "Runs a JavaScript module in a sandbox: it finds `context` and sets `result`.",
    params: ExecuteParams,
    result: ExecuteResult,
    examples: [
      { code: "result = context.a + context.b", context: { a: 60, b: 40 } },
      {
        code: "const words = context.text.split(' ');\nexport default words.length;",
        context: { text: "to be" },
      },
    ],
    files: scriptFiles,
  },
  validate: {
    version: 1,
    description: "Checks the syntax of a JavaScript module without running it.",
    params: ValidateParams,
    result: ScriptCheck,
    examples: [{ code: "console.log('hello')" }, { code: "console.log('hello'" }],
    idempotent: true,
    files: scriptSourceFiles,
  },
  info: {
    version: 1,
    description: "The engine, its version, and the globals that a script finds.",
    params: z.strictObject({}),
    result: InfoResult,
    examples: [{}],
    idempotent: true,
  },
} as const satisfies Readonly<Record<string, Method>>;
