// What an editor says of a document: the published schemas, judged by a validator that is not ours.
import { Ajv, type ValidateFunction } from "ajv";
import { documentSchemas } from "../../../src/domain/index.ts";

const ajv = new Ajv({
  allErrors: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allowUnionTypes: true,
});
const { workflow, batch } = documentSchemas();
const checks = { workflow: ajv.compile(workflow), batch: ajv.compile(batch) };

const refusals = (check: ValidateFunction, document: unknown): readonly string[] =>
  check(document)
    ? []
    : (check.errors ?? []).map(({ instancePath, message = "" }) => `${instancePath} ${message}`);

export const refusalsOf = (document: unknown): readonly string[] => refusals(checks.workflow, document);
export const refusalsAsBatch = (document: unknown): readonly string[] => refusals(checks.batch, document);
