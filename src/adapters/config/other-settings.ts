// What is said otherwise than before, beside what is taken over while a command runs.
import { isObject, type Json } from "../../domain/index.ts";
import { settingPaths } from "./paths.ts";
import type { Settings } from "./settings.ts";

/** Taken over while runs are driven. */
const RELOADED = new Set(["providers", "fallbacks"]);

/** Settings by path that count from the next start on. */
export const otherSettings = (before: Settings, after: Settings): readonly string[] =>
  settingPaths
    .filter(([first = ""]) => !RELOADED.has(first))
    .filter((path) => JSON.stringify(at(before.values, path)) !== JSON.stringify(at(after.values, path)))
    .map((path) => path.join("."));

const at = (values: Json | undefined, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((value, key) => (isObject(value) ? value[key] : undefined), values);
