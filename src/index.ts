// The library's public door: what the log holds and how it is read, the engine and its ports, for programs that bring
// their own parts together.
export * from "./domain/index.ts";
export * from "./engine/index.ts";
export * from "./projections/index.ts";
