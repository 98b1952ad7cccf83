// What comes from a command line is data: `${` in it is no reference.
import { isList, isObject, type Json, literally } from "../../domain/index.ts";

export function plainJson(value: Json): Json {
  if (typeof value === "string") return literally(value);
  if (isList(value)) return value.map(plainJson);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainJson(member)]));
}
