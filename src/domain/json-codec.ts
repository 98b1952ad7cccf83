import type { Json } from "./json.ts";

/** JSON.parse, typed: what it gives is JSON by definition. Throws SyntaxError. */
export const parseJson = (text: string): Json => JSON.parse(text) as Json;
