// Conditions are evaluated outside: the domain says what they may read, whoever is handed in says what they mean.
import type { Json, JsonObject } from "../json.ts";

export type Evaluated =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string };

export type Expressions = {
  /** What is wrong with a condition before any value is known. */
  problem(text: string): string | undefined;
  /** Never throws, never takes long, whatever the text and the values are. */
  evaluate(text: string, values: JsonObject): Evaluated;
};
