// A provider from a module that the configuration names. The module exports it as `provider` or as its default: the
// provider itself, or a function of `options` that makes it. It goes by its name in the configuration.
import { createRequire } from "node:module";
import { isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { GleitzeitError, isObject, type JsonObject } from "../../../domain/index.ts";
import type { Provider } from "../../../engine/ports/index.ts";

export type ModuleSettings = {
  readonly name: string;
  readonly module: string;
  /** What a relative path starts from. */
  readonly folder: string;
  readonly options: JsonObject;
};

export async function moduleProvider(settings: ModuleSettings): Promise<Provider> {
  const { name, options } = settings;
  const loaded = await loadedFrom(settings);
  const exported = loaded.provider ?? loaded.default;
  const made: unknown = isMaker(exported) ? await madeBy(exported, settings, options) : exported;
  if (isProvider(made)) return named(made, name);
  throw refusal(settings, "it exports no provider: `export const provider = defineProvider({…})`");
}

async function loadedFrom(settings: ModuleSettings): Promise<{ readonly [name: string]: unknown }> {
  try {
    const loaded: unknown = await import(pathToFileURL(placeOf(settings)).href);
    return typeof loaded === "object" && loaded !== null ? { ...loaded } : {};
  } catch (error) {
    throw refusal(settings, error instanceof Error ? error.message : String(error), error);
  }
}

const isPath = (module: string): boolean => /^\.{1,2}[\\/]/.test(module) || isAbsolute(module);

/** A package is looked for where the configuration stands, as a program there would. */
const placeOf = ({ module, folder }: ModuleSettings): string =>
  isPath(module) ? resolve(folder, module) : createRequire(join(folder, "gleitzeit.yaml")).resolve(module);

type Maker = (options: JsonObject) => unknown;

const isMaker = (value: unknown): value is Maker => typeof value === "function";

/** Members of a class instance do not survive a spread. */
const named = (made: Provider, name: string): Provider => ({
  protocol: made.protocol,
  name,
  methods: made.methods,
  ...(made.described && { described: async () => (await made.described?.()) ?? {} }),
  ...(made.preflight && { preflight: async (call) => (await made.preflight?.(call)) ?? [] }),
  ...(made.takes && { takes: (call) => made.takes?.(call) ?? false }),
  execute: (call, context) => made.execute(call, context),
  ...(made.health && { health: async () => (await made.health?.()) ?? { status: "healthy" } }),
  release: (run) => made.release?.(run),
  close: () => made.close(),
});

async function madeBy(make: Maker, settings: ModuleSettings, options: JsonObject): Promise<unknown> {
  try {
    return await make(options);
  } catch (error) {
    throw refusal(settings, error instanceof Error ? error.message : String(error), error);
  }
}

const isProvider = (value: unknown): value is Provider =>
  isObject(value) &&
  typeof value.protocol === "string" &&
  isObject(value.methods) &&
  isCallable(value.execute) &&
  isCallable(value.close);

const isCallable = (value: unknown): boolean => typeof value === "function";

const refusal = ({ name, module }: ModuleSettings, why: string, cause?: unknown): GleitzeitError =>
  new GleitzeitError(
    "CONFIGURATION_ERROR",
    `provider \`${name}\`: the module ${module} cannot be used: ${why}`,
    {
      cause,
    },
  );
