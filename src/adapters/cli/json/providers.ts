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
