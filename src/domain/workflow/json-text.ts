import { type Json, jsonProblem } from "../json.ts";

/** What a text says as JSON; undefined when it is none, or holds what every reader would see differently. */
export function jsonIn(text: string): { readonly value: Json } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? { value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const isJson = (value: unknown): value is Json => jsonProblem(value) === undefined;
