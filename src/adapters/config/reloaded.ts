// What of a configuration that is read again counts at once, and what from the next start on.
import { isObject, type Json } from "../../domain/index.ts";
import { type SettingPath, settingPaths } from "./paths.ts";
import type { Settings } from "./settings.ts";

const RELOADED = new Set([
  "providers",
  "fallbacks",
  "log_level",
  "retention",
  "flags",
  "execution.max_parallel_tasks",
  "limits.document",
  "limits.files",
]);

/** By the setting itself, or by the section that it is in. */
const isReloaded = (path: SettingPath): boolean =>
  RELOADED.has(path[0] ?? "") || RELOADED.has(path.join("."));

/** The settings of before, with those of after that count at once. */
export function reloaded(before: Settings, after: Settings): Settings {
  const { providers, fallbacks, log_level, retention, flags, execution, limits } = after.values;
  const { max_parallel_tasks } = execution;
  const { document, files } = limits;
  return {
    ...before,
    file: after.file,
    folder: after.folder,
    values: {
      ...before.values,
      providers,
      fallbacks,
      log_level,
      retention,
      flags,
      execution: { ...before.values.execution, max_parallel_tasks },
      limits: { ...before.values.limits, document, files },
    },
    sourceOf: (path) => (isReloaded(path) ? after : before).sourceOf(path),
  };
}

/** By path: what differs and counts at once (providers tell of themselves), and what differs and does not. */
export function changedSettings(before: Settings, after: Settings) {
  const paths = settingPaths.filter(([first = ""]) => first !== "providers" && first !== "fallbacks");
  const changed = paths.filter(
    (path) => JSON.stringify(at(before.values, path)) !== JSON.stringify(at(after.values, path)),
  );
  const named = (some: readonly SettingPath[]): readonly string[] => some.map((path) => path.join("."));
  return {
    now: named(changed.filter(isReloaded)),
    later: named(changed.filter((path) => !isReloaded(path))),
  };
}

const at = (values: Json | undefined, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((value, key) => (isObject(value) ? value[key] : undefined), values);
