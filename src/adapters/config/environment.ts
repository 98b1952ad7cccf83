// GLEITZEIT_<PATH>, `__` between levels. What is misspelled is refused; what is somebody else's is left alone.
import { didYouMean, type Problem } from "../../domain/index.ts";
import { EMPTY, type Layer, layerOf, merged } from "./layers.ts";
import { settingPaths, valueIn } from "./paths.ts";

export type Environment = { readonly [name: string]: string | undefined };

const PREFIX = "GLEITZEIT_";
/** Not settings, but read: where home, the file, a server of models and one of ours are, and the key for that. */
const PLACES = ["HOME", "CONFIG", "OLLAMA_URL", "SERVER", "API_KEY"];

const variableOf = (path: readonly string[]): string => path.join("__").toUpperCase();

export function environmentLayer(env: Environment): {
  readonly layer: Layer;
  readonly problems: readonly Problem[];
} {
  const known = new Map(settingPaths.map((path) => [variableOf(path), path]));
  const layers: Layer[] = [];
  const problems: Problem[] = [];
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith(PREFIX) || text === undefined || text === "") continue;
    const setting = name.slice(PREFIX.length);
    const path = known.get(setting);
    if (path) layers.push(layerOf(path, valueIn(text), { kind: "environment", name }));
    else problems.push(...stranger(name, setting, known));
  }
  return { layer: layers.length === 0 ? EMPTY : merged(layers), problems };
}

function stranger(
  name: string,
  setting: string,
  known: ReadonlyMap<string, readonly string[]>,
): readonly Problem[] {
  if (PLACES.includes(setting)) return [];
  const hint = didYouMean(setting, [...known.keys(), ...PLACES]).replace("`", `\`${PREFIX}`);
  const isMeantForUs = setting.includes("__") || hint !== "";
  return isMeantForUs ? [problem(`${name}: no such setting${hint}`)] : [];
}

const problem = (message: string): Problem => ({ code: "CONFIGURATION_ERROR", message, path: "environment" });
