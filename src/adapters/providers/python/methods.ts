// What `python/v1` offers: validation, the published list and the docs come from these schemas.
import { z } from "zod";
import { parseDuration } from "../../../domain/index.ts";
import type { Method } from "../../../engine/ports/index.ts";
import { executeFiles, sourceFiles } from "./file-needs.ts";

const MODES = ["wasm"] as const;

const Source = {
  file: z.string().min(1).optional().describe("path of a script; exactly one of file and code"),
  code: z.string().optional().describe("the script itself"),
};

const hasOneSource = ({
  file,
  code,
}: {
  readonly file?: string | undefined;
  readonly code?: string | undefined;
}) => (file === undefined) !== (code === undefined);

const ONE_SOURCE = { error: "give exactly one of `file` and `code`" };

const Mode = z.string().refine((mode) => MODES.some((known) => known === mode), {
  error: ({ input }) => `\`${String(input)}\` is not available in this version; \`wasm\` is`,
});

const MOST_MS = 86_400_000;

const Timeout = z
  .union([z.number(), z.string()])
  .superRefine((value, refinement) => {
    const duration = parseDuration(value);
    if (!duration.ok) refinement.addIssue(duration.message);
    else if (duration.ms === 0 || duration.ms > MOST_MS)
      refinement.addIssue("must be over 0 and at most a day");
  })
  .describe('seconds, or a text like "5m"');

export const ExecuteParams = z
  .strictObject({
    ...Source,
    context: z.record(z.string(), z.json()).default({}).describe("values the script finds in `context`"),
    args: z.array(z.string()).max(1000).default([]).describe("sys.argv[1:]"),
    timeout: Timeout.optional(),
    execution_mode: Mode.default("wasm"),
    files: z.array(z.string().min(1)).max(1000).default([]).describe("globs of files the script may open"),
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

export const ValidateParams = z.strictObject(Source).refine(hasOneSource, ONE_SOURCE);

const ValidateResult = z.strictObject({
  valid: z.boolean(),
  errors: z.array(
    z.strictObject({ message: z.string(), line: z.number().optional(), column: z.number().optional() }),
  ),
});

const InfoParams = z.strictObject({});

const InfoResult = z.strictObject({
  python: z.string(),
  platform: z.string(),
  pyodide: z.string(),
  execution_modes: z.array(z.enum(MODES)),
  modules: z.array(z.string()),
});

export const pythonMethods = {
  execute: {
    version: 1,
    description: "Runs a Python script in a sandbox: it finds `context` and sets `result`.",
    params: ExecuteParams,
    result: ExecuteResult,
    examples: [
      { code: "result = context['a'] + context['b']", context: { a: 60, b: 40 } },
      {
        code: 'import json\nprint("words:")\nprint(json.dumps(context["text"].split()))',
        context: { text: "to be" },
      },
    ],
    files: executeFiles,
  },
  validate: {
    version: 1,
    description: "Checks the syntax of a Python script without running it.",
    params: ValidateParams,
    result: ValidateResult,
    examples: [{ code: "print('hello')" }, { code: "print('hello'" }],
    idempotent: true,
    files: sourceFiles,
  },
  info: {
    version: 1,
    description: "Version of Python and the modules a script can import.",
    params: InfoParams,
    result: InfoResult,
    examples: [{}],
    idempotent: true,
  },
} as const satisfies Readonly<Record<string, Method>>;
