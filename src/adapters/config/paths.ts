// The settings there are, read off the schema: their paths, and what kind of text an environment variable gives.
import { z } from "zod";
import type { Json } from "../../domain/index.ts";
import { Config } from "./schema.ts";

export type SettingPath = readonly string[];

/** Every leaf, in the schema's order. */
export const settingPaths: readonly SettingPath[] = leavesOf(Config, []);

function leavesOf(schema: z.core.$ZodType, path: SettingPath): readonly SettingPath[] {
  const inner = bare(schema);
  if (!(inner instanceof z.ZodObject)) return [path];
  const members: Readonly<Record<string, z.core.$ZodType>> = inner.shape;
  return Object.entries(members).flatMap(([key, member]) => leavesOf(member, [...path, key]));
}

/** Without its default. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapped =
    schema instanceof z.core.$ZodDefault ||
    schema instanceof z.core.$ZodPrefault ||
    schema instanceof z.core.$ZodOptional;
  return isWrapped ? bare(schema._zod.def.innerType) : schema;
}

/** Text that reads as a number or a truth value is meant as one; what the setting takes is for the schema to say. */
export function valueIn(text: string): Json {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (text === "true" || text === "false") return text === "true";
  return text;
}
