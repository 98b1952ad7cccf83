// Settings and what this machine has, as `--json` prints it. Other programs read this: add, never rename.
import { z } from "zod";
import * as v from "./values.ts";

const { maybe } = v;

const path = z.string().nullable().describe("Null when there is none.");

export const settings = z
  .strictObject({
    home: z.string(),
    file: path,
    settings: z.array(
      z.strictObject({
        path: z.string(),
        value: v.any,
        source: z.string().describe("A file with its line, a variable, a flag, or `default`."),
      }),
    ),
  })
  .meta({ id: "Settings" });

export const validConfiguration = z.strictObject({ valid: z.literal(true), file: path });

export const changed = z.strictObject({
  file: z.string(),
  setting: z.string(),
  before: v.any.describe("Null where nothing was said."),
  after: v.any,
});

export const migrated = z.strictObject({
  file: z.string(),
  written: z.boolean(),
  backup: path,
  findings: z.array(
    z.strictObject({
      kind: z.enum(["rewritten", "dropped"]),
      path: z.string(),
      message: z.string(),
      line: v.count,
      column: v.count,
    }),
  ),
  diff: z.array(z.string()).describe("Lines that go (`-`), come (`+`) and stand around them."),
  error: maybe(v.error),
  problems: z.array(v.problem).describe("Why nothing could be written."),
});

export const places = z.strictObject({ file: path, lookedFor: z.array(z.string()) });

export const checkups = z.strictObject({
  ok: z.boolean(),
  checks: z.array(
    z.strictObject({
      name: z.string(),
      status: z.enum(["ok", "warning", "failed"]),
      detail: z.string(),
      layers: maybe(z.array(z.string())),
      missing: maybe(z.array(z.strictObject({ layer: z.string(), means: z.string() }))),
    }),
  ),
});

export const project = z.strictObject({
  folder: z.string(),
  type: z.enum(["python", "llm", "mcp", "mixed", "approval"]),
  files: z.array(z.string()),
});

export const completion = z.strictObject({ shell: z.enum(["bash", "zsh", "fish"]), script: z.string() });
