// Flags and quotas, as `--json` prints them. Other programs read this: add, never rename.
import { z } from "zod";
import { FLAG_NAMES, QUOTA_NAMES } from "../../../domain/index.ts";
import { actor, count, instant } from "./values.ts";

const standing = {
  from: z.enum(["default", "configuration", "tenant"]).describe("Who says so; the tenant goes first."),
  by: actor.nullable().describe("Who set it for the tenant; null where nobody did."),
  at: instant.nullable(),
  description: z.string(),
};

export const flag = z
  .strictObject({
    flag: z.enum(FLAG_NAMES),
    on: z.boolean(),
    default: z.boolean(),
    ...standing,
  })
  .meta({ id: "Flag" });
export const flags = z.strictObject({ items: z.array(flag), nextCursor: z.null() }).meta({ id: "Flags" });

export const quota = z
  .strictObject({
    quota: z.enum(QUOTA_NAMES),
    limit: count.nullable().describe("Null where there is none."),
    used: count.nullable().describe("Null where the log does not count it."),
    ...standing,
  })
  .meta({ id: "Quota" });
export const quotas = z.strictObject({ items: z.array(quota), nextCursor: z.null() }).meta({ id: "Quotas" });
