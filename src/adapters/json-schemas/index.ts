export { schemaType } from "./schema-type.ts";
export { valueCheck } from "./value-check.ts";
