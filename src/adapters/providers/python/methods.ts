// What `python/v1` offers: validation, the published list and the docs come from these schemas.
import { z } from "zod";
import {
  hasOneSource,
  ONE_SOURCE,
  ScriptCheck,
  ScriptExecution,
  ScriptSource,
} from "../../../domain/index.ts";
import { type Method, scriptFiles, scriptSourceFiles } from "../../../engine/ports/index.ts";
import { MODES, type Mode, modeSchema } from "./modes.ts";

const executeParams = (available: readonly Mode[], usual: Mode) =>
  z
    .strictObject({
      ...ScriptSource,
      ...ScriptExecution,
      args: z.array(z.string()).max(1000).default([]).describe("sys.argv[1:]"),
      execution_mode: modeSchema(available, usual),
    })
    .refine(hasOneSource, ONE_SOURCE);

const ExecuteResult = z.strictObject({
  result: z.json().describe("the script's `result`, else what it printed last"),
  output: z.string().describe("stdout"),
  stderr: z.string(),
  success: z.literal(true),
  execution_time: z.number().nonnegative().describe("seconds"),
  execution_mode: z.enum(MODES),
  output_truncated: z.literal(true).optional(),
});

const ValidateParams = z.strictObject(ScriptSource).refine(hasOneSource, ONE_SOURCE);

const InfoParams = z.strictObject({});

const InfoResult = z.strictObject({
  python: z.string(),
  platform: z.string(),
  pyodide: z.string(),
  execution_modes: z.array(z.enum(MODES)),
  modules: z.array(z.string()),
});

/** `usual`: where a script runs whose task says nothing. */
export const pythonMethods = (available: readonly Mode[], usual: Mode) =>
  ({
    execute: {
      version: 1,
      description: "Runs a Python script in a sandbox: it finds `context` and sets `result`.",
      params: executeParams(available, usual),
      result: ExecuteResult,
      examples: [
        { code: "result = context['a'] + context['b']", context: { a: 60, b: 40 } },
        {
          code: 'import json\nprint("words:")\nprint(json.dumps(context["text"].split()))',
          context: { text: "to be" },
        },
      ],
      files: scriptFiles,
    },
    validate: {
      version: 1,
      description: "Checks the syntax of a Python script without running it.",
      params: ValidateParams,
      result: ScriptCheck,
      examples: [{ code: "print('hello')" }, { code: "print('hello'" }],
      idempotent: true,
      files: scriptSourceFiles,
    },
    info: {
      version: 1,
      description: "Version of Python and the modules a script can import.",
      params: InfoParams,
      result: InfoResult,
      examples: [{}],
      idempotent: true,
    },
  }) satisfies Readonly<Record<string, Method>>;
