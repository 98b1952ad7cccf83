// One item of a batch: the template with a file put in. Ids made here stand in logs for ever.
import { isList, isObject, type Json, type JsonObject } from "../json.ts";
import { literally } from "./references.ts";
import { familyOf, type Target } from "./target.ts";

const IMAGE = /\.(?:png|jpe?g|gif|bmp|webp)$/i;

const fileName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** `notes/c.long.txt`, the third file → `process-c-long-txt-2`. */
export const itemId = (file: string, index: number): string =>
  `process-${fileName(file).replace(/[^A-Za-z0-9_-]/gu, "-")}-${index}`;

/** Of a run that is sealed, whose files' names are values. */
export const sealedItemId = (index: number): string => `process-${index}`;

export const itemName = (file: string): string => `Process ${fileName(file)}`;

/** Scripts get the file in their context. */
export const takesContext = ({ protocol }: Target): boolean => SCRIPTS.includes(familyOf(protocol));

const SCRIPTS: readonly string[] = ["python", "javascript"];

/** A copy of its own for each item: no two share anything that could be changed. The path is data, never a reference. */
export function itemParams(target: Target, template: JsonObject, file: string): JsonObject {
  const params = copied(template);
  const path = literally(file);
  if (takesContext(target)) {
    const context = isObject(params.context) ? params.context : {};
    return { ...params, context: { ...context, file_path: path } };
  }
  const isVision = familyOf(target.protocol) === "llm" && target.method === "vision";
  return { ...params, [isVision && IMAGE.test(file) ? "image_path" : "file_path"]: path };
}

const copied = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, member]) => [key, copy(member)]));

function copy(value: Json): Json {
  if (isList(value)) return value.map(copy);
  return isObject(value) ? copied(value) : value;
}
