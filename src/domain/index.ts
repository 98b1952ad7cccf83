// The only door into the domain.
export * from "./errors.ts";
export * from "./ids.ts";
export * from "./instant.ts";
export * from "./json.ts";
export * from "./priority.ts";
