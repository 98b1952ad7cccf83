// A zod schema as the JSON Schema of what is given, for those who are told of it and never see the schema itself.
import { z } from "zod";
import { isObject, type JsonObject } from "./json.ts";

export function schemaJson(type: z.ZodType): JsonObject {
  const made: unknown = z.toJSONSchema(type, { io: "input", unrepresentable: "any" });
  if (!isObject(made)) throw new Error("a schema that is no map");
  const { $schema: _, ...schema } = made;
  return schema;
}
