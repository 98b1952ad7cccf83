// Values against JSON schemas: every problem with its place. Draft 2020-12, or draft 7 where the schema says so.
import type { AnySchemaObject, ErrorObject } from "ajv";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { GleitzeitError } from "../../domain/index.ts";
import type { ParamProblem, ValueCheck } from "../../engine/ports/index.ts";

const SETTINGS = { strict: false, validateFormats: false, allErrors: true, logger: false } as const;

/** Each knows its own draft once it has judged a schema, which is most of the work. */
const CHECKERS = { now: new Ajv2020(SETTINGS), before: new Ajv(SETTINGS) };

/** CONFIGURATION_ERROR for what is no schema. */
export function valueCheck(schema: object): ValueCheck {
  const own: AnySchemaObject = structuredClone({ ...schema });
  const isOld = typeof own.$schema === "string" && /draft-0[467]/.test(own.$schema);
  const ajv = isOld ? CHECKERS.before : CHECKERS.now;
  try {
    const validate = ajv.compile(own);
    return (value) => (validate(value) ? [] : (validate.errors ?? []).map(problemOf));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new GleitzeitError("CONFIGURATION_ERROR", `not a JSON Schema: ${why}`, { cause: error });
  } finally {
    // Others may use the same ids for something else.
    ajv.removeSchema(own);
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
