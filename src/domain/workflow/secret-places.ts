// Where params name secrets. What is recorded shows the reference, and beside it stands where references are: a text that
// only looks like one is data, and stays data. STORED FORMAT: `SecretPlace` stands in events.
import { z } from "zod";
import { isList, isObject, type Json, type JsonObject, pathText } from "../json.ts";
import type { Path } from "./problems.ts";
import { ID_PATTERN } from "./slug.ts";

export const SecretPlace = z.object({
  /** In the params. */
  path: z.array(z.union([z.string(), z.int()])).readonly(),
  /** In the text there, counted in UTF-16 units. */
  at: z.int().min(0),
  name: z.string(),
});
export type SecretPlace = z.infer<typeof SecretPlace>;

export const isSecretName = (text: string): boolean => ID_PATTERN.test(text);

/** What stands for a secret wherever its value does not. */
export const secretText = (name: string): string => `\${secret.${name}}`;

/** The params as the call gets them; `values` has every secret that is named. */
export function withSecrets(
  params: JsonObject,
  places: readonly SecretPlace[],
  values: ReadonlyMap<string, string>,
): JsonObject {
  let filled: Json = params;
  // The last first: what stands before it in the same text keeps its place.
  for (const place of places.toReversed()) {
    filled = changedAt(filled, place.path, (text) => filledAt(text, place, values));
  }
  return isObject(filled) ? filled : params;
}

function filledAt(text: Json, { path, at, name }: SecretPlace, values: ReadonlyMap<string, string>): string {
  const [reference, value] = [secretText(name), values.get(name)];
  if (typeof text !== "string" || value === undefined || !text.startsWith(reference, at))
    throw new Error(`there is no \`${reference}\` at ${pathText(["params", ...path])}`);
  return text.slice(0, at) + value + text.slice(at + reference.length);
}

function changedAt(value: Json, [step, ...rest]: Path, change: (value: Json) => Json): Json {
  if (step === undefined) return change(value);
  if (isList(value)) {
    return value.map((member, i) => (i === step ? changedAt(member, rest, change) : member));
  }
  if (!isObject(value)) return change(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === step ? changedAt(member, rest, change) : member,
    ]),
  );
}
