// A JSON schema as the type that methods are described with: it validates, and is listed as it was written.
import { z } from "zod";
import type { Json, JsonObject } from "../../domain/index.ts";
import { valueCheck } from "./value-check.ts";

/** CONFIGURATION_ERROR for what is no schema. */
export function schemaType(schema: JsonObject): z.ZodType {
  const check = valueCheck(schema);
  const type = z.custom<Json>().superRefine((value, context) => {
    for (const { path, message } of check(value))
      context.addIssue({ code: "custom", path: [...path], message });
  });
  // Zod would look behind it for what it was refined from, which is anything.
  type._zod.parent = undefined;
  type._zod.toJSONSchema = () => structuredClone(schema);
  return type;
}
