import { isObject, type Json } from "../../domain/index.ts";

/** A text member of a value that may be anything. */
export function textIn(value: Json | undefined, member: string): string | undefined {
  const found = isObject(value) && Object.hasOwn(value, member) ? value[member] : undefined;
  return typeof found === "string" ? found : undefined;
}
