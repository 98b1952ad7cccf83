// The only door into the domain.
export * from "./access/index.ts";
export * from "./cassette/index.ts";
export * from "./errors.ts";
export * from "./ids.ts";
export * from "./instant.ts";
export * from "./jcs.ts";
export * from "./json.ts";
export { type JsonChange, jsonChanges, type SameText } from "./json-changes.ts";
export { parseJson } from "./json-codec.ts";
export { madeError, madeJson } from "./made-json.ts";
export * from "./pool/index.ts";
export * from "./priority.ts";
export * from "./registered/index.ts";
export * from "./run/index.ts";
export { schemaJson } from "./schema-json.ts";
export * from "./webhook/index.ts";
export * from "./worker/index.ts";
export * from "./workflow/index.ts";
