// JSON schemas, by which what lies outside describes what it takes and gives.
import type { z } from "zod";
import type { Json, JsonObject } from "../../domain/index.ts";
import type { ParamProblem } from "./params.ts";

export type ValueCheck = (value: Json) => readonly ParamProblem[];

export type JsonSchemas = {
  /** CONFIGURATION_ERROR for what is no schema. */
  readonly valueCheck: (schema: object) => ValueCheck;
  /** The same as a type that methods are described with. */
  readonly schemaType: (schema: JsonObject) => z.ZodType;
};
