// Providers and their methods, as `--json` prints them. Other programs read this: add, never rename.
import { z } from "zod";
import * as v from "./values.ts";

const { maybe } = v;

export const providers = z.strictObject({
  items: z.array(z.strictObject({ name: z.string(), protocol: z.string(), methods: z.array(z.string()) })),
});

export const methods = z.strictObject({
  items: z.array(
    z.strictObject({
      protocol: z.string(),
      method: z.string(),
      aliases: z.array(z.string()),
      version: v.count,
      description: z.string(),
      idempotent: z.boolean(),
      streams: z.boolean(),
      params: v.map.describe("A JSON Schema."),
      result: v.map.describe("A JSON Schema."),
      examples: z.array(v.any).describe("Params that work."),
    }),
  ),
});

export const health = z.strictObject({
  items: z.array(
    z.strictObject({
      provider: z.string(),
      protocol: z.string(),
      status: z.enum(["healthy", "degraded", "unhealthy"]),
      detail: maybe(z.string()),
      layers: maybe(z.array(z.string())).describe("What stands between its work and this machine."),
    }),
  ),
});

export const tested = z.strictObject({
  target: z.string(),
  ok: z.boolean(),
  passed: v.count,
  failed: v.count,
  skipped: v.count,
  checks: z.array(
    z.strictObject({
      name: z.string(),
      promise: z.string().describe("What it must do."),
      status: z.enum(["passed", "failed", "skipped"]),
      detail: maybe(z.string()).describe("What was found instead, or why it was not looked for."),
      remedy: maybe(z.string()).describe("What to do, where it failed."),
    }),
  ),
});
