// Which files a call of a script names, read off its params alone, whatever its language.
import { isList, isObject, type Json, type JsonObject } from "../../domain/index.ts";
import type { FileNeeds } from "./files.ts";

/** Beyond these a value is data, not a list of paths. */
const MOST_TEXTS = 10_000;
const LONGEST_PATH = 1_024;

const text = (value: Json | undefined): readonly string[] => (typeof value === "string" ? [value] : []);
const texts = (value: Json | undefined): readonly string[] => (isList(value) ? value.flatMap(text) : []);

export const scriptSourceFiles = ({ file }: JsonObject): FileNeeds => ({
  required: text(file),
  mentioned: [],
  globs: [],
  modulesOf: text(file),
});

export const scriptFiles = (params: JsonObject): FileNeeds => ({
  ...scriptSourceFiles(params),
  mentioned: [...new Set(possiblePaths([params.context, params.args]))],
  globs: texts(params.files),
});

/** Every text at any depth that could be the name of a file. */
export function possiblePaths(values: readonly (Json | undefined)[]): readonly string[] {
  const found: string[] = [];
  const rest = [...values];
  for (let value = rest.pop(); rest.length > 0 || value !== undefined; value = rest.pop()) {
    if (typeof value === "string" && isPossiblePath(value)) found.push(value);
    else if (isList(value)) for (const element of value) rest.push(element);
    else if (isObject(value)) for (const member of Object.values(value)) rest.push(member);
    if (found.length === MOST_TEXTS) break;
  }
  return found;
}

const isPossiblePath = (value: string): boolean =>
  value !== "" && value.length <= LONGEST_PATH && !/[\0\n\r]/.test(value);
