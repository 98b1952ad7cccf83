// Values against the JSON schemas that servers give with their tools: every problem with its place.
import type { AnySchemaObject, ErrorObject } from "ajv";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Json } from "../../../domain/index.ts";
import type { ParamProblem } from "../../../engine/ports/index.ts";

export type ValueCheck = (value: Json) => readonly ParamProblem[];

const SETTINGS = { strict: false, validateFormats: false, allErrors: true, logger: false } as const;

/** Draft 2020-12, or draft 7 where the schema says so. A schema that is none judges nothing: the server does. */
export function valueCheck(schema: object): ValueCheck {
  const own: AnySchemaObject = { ...schema };
  const isOld = typeof own.$schema === "string" && /draft-0[467]/.test(own.$schema);
  const ajv = isOld ? new Ajv(SETTINGS) : new Ajv2020(SETTINGS);
  try {
    const validate = ajv.compile(own);
    return (value) => (validate(value) ? [] : (validate.errors ?? []).map(problemOf));
  } catch {
    return () => [];
  }
}

function problemOf({ instancePath, keyword, params, message = "is not valid" }: ErrorObject): ParamProblem {
  const path = instancePath.split("/").slice(1).map(step);
  const told: Readonly<Record<string, unknown>> = params;
  switch (keyword) {
    case "required":
      return { path: [...path, String(told.missingProperty)], message: "is missing" };
    case "additionalProperties": {
      const name = String(told.additionalProperty);
      return { path: [...path, name], message: `unknown parameter \`${name}\`` };
    }
    case "type":
      return { path, message: `expected ${String(told.type)}` };
    case "enum":
      return { path, message: `expected one of ${JSON.stringify(told.allowedValues)}` };
    default:
      return { path, message };
  }
}

/** Of a JSON pointer. */
function step(written: string): string | number {
  if (/^(?:0|[1-9]\d{0,8})$/.test(written)) return Number(written);
  return written.replaceAll("~1", "/").replaceAll("~0", "~");
}
