import { isList, isObject } from "../json.ts";

/** A value as it is shown in a message: short, and containers only by kind. */
export function described(value: unknown): string {
  if (isList(value)) return "a list";
  if (isObject(value)) return "a map";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
