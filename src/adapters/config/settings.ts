// The configuration in force: flags over environment over file over defaults, each value with where it came from.
import { dirname, join } from "node:path";
import { GleitzeitError, isObject, type JsonObject, type Problem } from "../../domain/index.ts";
import { fileLayer, textOf } from "./config-file.ts";
import { type Environment, environmentLayer } from "./environment.ts";
import { EMPTY, type Layer, layerOf, merged, objectLayer, type Source, sourceOf } from "./layers.ts";
import { modelEnvironment } from "./model-environment.ts";
import { problemsOf } from "./problems.ts";
import { Config } from "./schema.ts";
import { type StoreUrl, storeUrl } from "./store-url.ts";

export type Places = {
  readonly env: Environment;
  readonly workingFolder: string;
  readonly userHome: string;
  readonly processors: number;
  /** Instead of looking for a file: one that is named, or the values themselves. */
  readonly configuration?: string | JsonObject;
  /** Where nobody says one. */
  readonly defaultStore?: string;
};

export type Flags = { readonly store?: string; readonly logLevel?: Config["log_level"] };

export type Values = Config & {
  readonly store: string;
  readonly execution: {
    readonly python: { readonly instances: number };
    readonly javascript: { readonly instances: number };
  };
};

export type Settings = {
  /** GLEITZEIT_HOME. */
  readonly home: string;
  /** The file in force; undefined when there is none. */
  readonly file: string | undefined;
  /** What relative paths of the configuration start from. */
  readonly folder: string;
  readonly values: Values;
  readonly store: StoreUrl;
  readonly sourceOf: (path: readonly string[]) => Source;
};

export const homeOf = ({ env, userHome }: Places): string =>
  env.GLEITZEIT_HOME || join(userHome, ".gleitzeit");

/** Files that are looked for, the first that exists counts; one that is named must exist. */
export function candidates(places: Places): { readonly files: readonly string[]; readonly isNamed: boolean } {
  const { configuration } = places;
  const named = typeof configuration === "string" ? configuration : places.env.GLEITZEIT_CONFIG;
  if (named) return { files: [named], isNamed: true };
  return {
    files: [join(places.workingFolder, "gleitzeit.yaml"), join(homeOf(places), "config.yaml")],
    isNamed: false,
  };
}

export async function loadSettings(places: Places, flags: Flags = {}): Promise<Settings> {
  const { layer: fromFile, problems, file } = await configFile(places);
  const environment = environmentLayer(places.env);
  const models = modelEnvironment(places.env, fromFile.values);
  const all = merged([models.below, fromFile, models.above, environment.layer, flagLayer(flags)]);
  const parsed = Config.safeParse(all.values);
  const found = [
    ...problems,
    ...environment.problems,
    ...(parsed.success ? [] : problemsOf(parsed.error, all)),
  ];
  if (!parsed.success || found.length > 0) throw invalid(found);
  const home = homeOf(places);
  const values = filled(parsed.data, home, places);
  const source = sourceOf(all, ["store"]);
  const folder = source.kind === "file" ? dirname(source.file) : places.workingFolder;
  return {
    home,
    file,
    folder: file === undefined ? places.workingFolder : dirname(file),
    values,
    store: storeUrl(values.store, folder, places.userHome),
    sourceOf: (path) => sourceOf(all, path),
  };
}

/** What depends on the machine. */
function filled(config: Config, home: string, { processors, defaultStore }: Places): Values {
  const { python, javascript } = config.execution;
  const instances = Math.min(64, Math.max(1, processors));
  return {
    ...config,
    store: config.store ?? defaultStore ?? `sqlite:${join(home, "gleitzeit.db")}`,
    execution: {
      ...config.execution,
      python: { ...python, instances: python.instances ?? instances },
      javascript: { ...javascript, instances: javascript.instances ?? instances },
    },
  };
}

type Found = {
  readonly layer: Layer;
  readonly problems: readonly Problem[];
  readonly file: string | undefined;
};

/** Checked by itself too: a bad value is one also where something else hides it. */
async function configFile(places: Places): Promise<Found> {
  if (isObject(places.configuration))
    return { ...checkedLayer(objectLayer(places.configuration)), file: undefined };
  const { files, isNamed } = candidates(places);
  const found = await textOfFirst(files);
  if (found) return { ...checkedFile(found.file, found.text), file: found.file };
  if (!isNamed) return { layer: EMPTY, problems: [], file: undefined };
  throw new GleitzeitError(
    "CONFIGURATION_ERROR",
    `there is no configuration file ${files[0]}${places.configuration === undefined ? " (GLEITZEIT_CONFIG)" : ""}`,
  );
}

export async function textOfFirst(
  files: readonly string[],
): Promise<{ readonly file: string; readonly text: string } | undefined> {
  for (const file of files) {
    const text = await textOf(file);
    if (text !== undefined) return { file, text };
  }
  return undefined;
}

export function checkedFile(file: string, text: string): Pick<Found, "layer" | "problems"> {
  return checkedLayer(fileLayer(file, text));
}

function checkedLayer({
  layer,
  problems,
}: Pick<Found, "layer" | "problems">): Pick<Found, "layer" | "problems"> {
  const parsed = Config.safeParse(layer.values);
  if (parsed.success) return { layer, problems };
  return { layer: EMPTY, problems: [...problems, ...problemsOf(parsed.error, layer)] };
}

function flagLayer({ store, logLevel }: Flags): Layer {
  const layers: Layer[] = [];
  if (store !== undefined) layers.push(layerOf(["store"], store, { kind: "flag", name: "--store" }));
  if (logLevel !== undefined)
    layers.push(layerOf(["log_level"], logLevel, { kind: "flag", name: "--verbose/--quiet" }));
  return merged(layers);
}

function invalid(problems: readonly Problem[]): GleitzeitError {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  const { file, line = 1, column = 1, message: what = "" } = first ?? {};
  const place = file === undefined ? "" : `${file}:${line}:${column}: `;
  const message = `the configuration is not valid: ${place}${what}${more}`;
  return new GleitzeitError("CONFIGURATION_ERROR", message, { problems });
}
