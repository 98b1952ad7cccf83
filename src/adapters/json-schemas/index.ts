// JSON schemas that others wrote, as types and checks.

export { schemaType } from "./schema-type.ts";
export { valueCheck } from "./value-check.ts";
