// The configuration as a user sees it.
import { isList, isObject, type Json, type JsonObject } from "../../domain/index.ts";
import { settingPaths } from "./paths.ts";
import { sourceText } from "./problems.ts";
import { candidates, type Places, type Settings, textOfFirst } from "./settings.ts";
import { masked } from "./store-url.ts";

export type ShownSetting = { readonly path: string; readonly value: Json; readonly source: string };

/** Every setting with its value, passwords masked, and who said so. */
export function shown({ values, sourceOf }: Settings): readonly ShownSetting[] {
  return settingPaths.map((path) => {
    const value = at(values, path);
    return {
      path: path.join("."),
      value: withoutSecrets(value),
      source: sourceText(sourceOf(path)),
    };
  });
}

/** Which file is in force, and which were looked for. */
export async function configurationFiles(
  places: Places,
): Promise<{ readonly used: string | undefined; readonly lookedFor: readonly string[] }> {
  const { files } = candidates(places);
  return { used: (await textOfFirst(files))?.file, lookedFor: files };
}

/** Passwords and keys in addresses, keys in clear, and words behind options of that name are not shown; where one is, is. */
function withoutSecrets(value: Json, key = ""): Json {
  if (typeof value === "string")
    return key === "api_key" && !value.startsWith("${secret.") ? "***" : withoutParts(value);
  if (isList(value))
    return value.map((member, i) => (isOption(value[i - 1]) ? "***" : withoutSecrets(member)));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      KEEPING.has(name) && isObject(member) ? kept(member) : withoutSecrets(member, name),
    ]),
  );
}

const NAMED = "[\\w-]*(?:key|token|secret|password)";
const OPTION = new RegExp(`^--?${NAMED}$`, "i");
const PART = new RegExp(`((?:^--?|[?&])${NAMED}=)[^&#]+`, "gi");

/** The next word is what it is about. */
const isOption = (word: Json | undefined): boolean => typeof word === "string" && OPTION.test(word);

const withoutParts = (text: string): string => masked(text).replace(PART, "$1***");

/** Where keys of servers stand under names of their own. */
const KEEPING = new Set(["env", "headers"]);

const kept = (values: JsonObject): Json =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" && value.includes("${secret.") ? value : "***",
    ]),
  );

function at(values: Json, path: readonly string[]): Json {
  return path.reduce<Json>((value, key) => (isObject(value) ? (value[key] ?? null) : null), values);
}
