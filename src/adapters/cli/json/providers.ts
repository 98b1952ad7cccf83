// Providers and their methods, as `--json` prints them. Other programs read this: add, never rename.
import { z } from "zod";
import * as v from "./values.ts";

const { maybe } = v;

export const providers = z
  .strictObject({
    items: z.array(z.strictObject({ name: z.string(), protocol: z.string(), methods: z.array(z.string()) })),
  })
  .meta({ id: "Providers" });

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

export const drained = z.strictObject({
  provider: z.string(),
  instance: z.string(),
  draining: z.boolean(),
  changed: z.boolean().describe("Whether it stood otherwise before."),
});

export const discovered = z.strictObject({
  items: z.array(
    z.strictObject({
      type: z.string(),
      url: z.string(),
      models: z.array(z.string()),
      provider: maybe(z.string()).describe("The one that asks it already."),
    }),
  ),
});

export const health = z.strictObject({
  items: z.array(
    z.strictObject({
      provider: z.string(),
      protocol: z.string(),
      protocols: maybe(z.array(z.string())).describe("Of one that speaks several."),
      status: z.enum(["healthy", "degraded", "unhealthy"]),
      detail: maybe(z.string()),
      layers: maybe(z.array(z.string())).describe("What stands between its work and this machine."),
      instances: maybe(
        z.array(
          z.strictObject({
            instance: z.string(),
            status: z.enum(["healthy", "degraded", "unhealthy"]).describe("As it answers now."),
            detail: maybe(z.string()),
            breaker: z
              .enum(["closed", "open", "half-open"])
              .describe("As the log has it, with what follows."),
            until: maybe(v.instant).describe("Of an open breaker: when calls try it again."),
            draining: z.boolean(),
          }),
        ),
      ).describe("Of a provider that has several."),
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
