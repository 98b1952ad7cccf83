// Servers of models that the environment names, so that they need no configuration file.
import { isList, isObject, type Json, type JsonObject } from "../../domain/index.ts";
import type { Environment } from "./environment.ts";
import { EMPTY, type Layer, layerOf, merged } from "./layers.ts";

type Around = {
  /** Below the file's settings: who is asked first is declared first. */
  readonly below: Layer;
  readonly above: Layer;
};

/**
 * GLEITZEIT_OLLAMA_URL is an address for this program: it comes before what the file says, and is asked first. The
 * vendors' own variables are everybody's: where the file has a provider of that type, they add none.
 */
export function modelEnvironment(env: Environment, { providers }: JsonObject): Around {
  const declared = isObject(providers) ? providers : {};
  const hasType = (type: string): boolean =>
    Object.values(declared).some((one) => isObject(one) && one.type === type);
  const above: Layer[] = [];
  const below: Layer[] = [];
  const add = (name: string, settings: JsonObject, variable: string): void => {
    above.push(layerOf(["providers", name], settings, { kind: "environment", name: variable }));
  };
  const { GLEITZEIT_OLLAMA_URL: ollama, OPENAI_BASE_URL: base, OPENAI_API_KEY, ANTHROPIC_API_KEY } = env;
  if (ollama) {
    below.push(layerOf(["providers"], { ollama: {} }, { kind: "default" }));
    add("ollama", { type: "ollama", ...addressed(declared.ollama, ollama) }, "GLEITZEIT_OLLAMA_URL");
  }
  if ((OPENAI_API_KEY || base) && !hasType("openai") && !Object.hasOwn(declared, "openai")) {
    const key = OPENAI_API_KEY ? { api_key: "${secret.OPENAI_API_KEY}" } : {};
    const settings = { type: "openai", ...key, ...(base && { url: base }) };
    add("openai", settings, OPENAI_API_KEY ? "OPENAI_API_KEY" : "OPENAI_BASE_URL");
  }
  if (ANTHROPIC_API_KEY && !hasType("anthropic") && !Object.hasOwn(declared, "anthropic")) {
    const settings = { type: "anthropic", api_key: "${secret.ANTHROPIC_API_KEY}" };
    add("anthropic", settings, "ANTHROPIC_API_KEY");
  }
  const all = (layers: readonly Layer[]): Layer => (layers.length === 0 ? EMPTY : merged(layers));
  return { below: all(below), above: all(above) };
}

/** Where the file lists the server, the list has the address. */
function addressed(written: Json | undefined, url: string): JsonObject {
  const instances = isObject(written) && isList(written.instances) ? written.instances : [];
  const [first, ...others] = instances;
  return isObject(first) ? { instances: [{ ...first, url }, ...others] } : { url };
}
