// The providers that the configuration declares, in its order: of several for one protocol the first is asked.
import * as config from "../adapters/config/index.ts";
import { confidence, discreet, type Processes, type Provider } from "../engine/index.ts";
import type { Base } from "./base.ts";
import { type Dockers, dockerProvider } from "./containers.ts";
import { jsonrpcProviders } from "./jsonrpc.ts";
import { folderOfTools, mcpServer } from "./mcp.ts";
import { trustedOutbound } from "./outbound.ts";
import { pooled, type Records } from "./pools.ts";
import type { Scripts } from "./scripts.ts";
import type { Outsides } from "./secrets.ts";

export async function configuredProviders(base: Base, around: Around): Promise<readonly Provider[]> {
  const { values } = await base.settings();
  const declared = Object.entries(values.providers);
  const all = await Promise.all(declared.map(([name, settings]) => ofType(base, name, settings, around)));
  return all.flat();
}

type Around = {
  readonly processes: Starting;
  readonly secretOf: Outsides["ofConfiguration"];
  readonly records: Records;
  readonly dockers: Dockers;
  readonly interpreters: Interpreters;
};
type Interpreters = Scripts["by"];
type Starting = () => Promise<Processes>;
type Declared = config.Settings["values"]["providers"][string];

async function ofType(
  base: Base,
  name: string,
  settings: Declared,
  around: Around,
): Promise<Provider | readonly Provider[]> {
  switch (settings.type) {
    case "module":
      return fromModule(base, name, settings);
    case "mcp":
      if (settings.tools_dir !== undefined)
        return folderOfTools(base, name, settings.tools_dir, around.interpreters);
      return mcpServer(base, { name, settings, ...around });
    case "jsonrpc":
      return jsonrpcProviders(base, { name, settings, ...around });
    case "docker":
      return dockerProvider(base, around.dockers, name);
    case "ollama":
    case "openai":
    case "anthropic":
      return ofModels(base, name, settings, around);
  }
}

/** What is said where nobody speaks a protocol that somebody could. */
export const REMEDIES: ReadonlyMap<string, string> = new Map([
  [
    "llm/v1",
    "set GLEITZEIT_OLLAMA_URL=http://127.0.0.1:11434 for an Ollama server, or OPENAI_API_KEY or ANTHROPIC_API_KEY, or declare one under `providers` in the configuration (docs/providers/llm.md)",
  ],
  [
    "container/v1",
    'declare a daemon under `providers` in the configuration: `docker: {type: docker, image: "python:3.12-slim"}` (docs/providers/containers.md)',
  ],
  [
    "jsonrpc/v1",
    "declare an endpoint under `providers` in the configuration: `NAME: {type: jsonrpc, command: …}` or `{type: jsonrpc, url: …}` (docs/providers/external.md)",
  ],
]);

async function fromModule({ settings }: Base, name: string, { module, options }: config.ModuleSettings) {
  const { moduleProvider } = await import("../adapters/providers/module/index.ts");
  const { folder } = await settings();
  return moduleProvider({ name, module, folder, options });
}

/** Each server as a provider of its own, and together as one. */
async function ofModels(
  base: Base,
  name: string,
  settings: config.ModelSettings,
  { secretOf, records }: Around,
): Promise<Provider> {
  const { allModels, llmProvider } = await import("../adapters/providers/llm/index.ts");
  const { values } = await base.settings();
  const { type, prices, timeout, default_model, instances: listed } = settings;
  const given = listed ?? [undefined];
  const modelsOf = (one: (typeof given)[number]) => (one ?? settings).models;
  const defaultModel = default_model ?? given.flatMap((one) => modelsOf(one) ?? [])[0];
  const instances = given.map((one) => {
    const declared = one ? { ...settings, instances: [one] } : settings;
    const { apiKey, ...server } = config.modelServer(declared, base.outside.env);
    const own = confidence();
    const provider = llmProvider({
      name,
      type,
      ...server,
      apiKey: apiKey && {
        variable: apiKey.variable,
        read: async () => own.tell(await keyOf(apiKey, secretOf)),
      },
      defaultModel,
      prices,
      timeoutMs: timeout === undefined ? undefined : config.millisIn(timeout),
      outbound: trustedOutbound(base),
      clock: base.clock,
      mostBytes: config.bytesIn(values.limits.result),
    });
    const models = modelsOf(one);
    return {
      settings: one ?? {},
      url: server.url,
      provider: discreet(provider, own),
      ...(models && { models }),
    };
  });
  const [first, ...others] = instances;
  if (!first) throw new Error(`provider ${name} has no instance`);
  const gathered = { list_models: allModels };
  return pooled(base, records, { name, settings, instances: [first, ...others], defaultModel, gathered });
}

/** In clear, or by the name of a secret: then as it is when the call is made. */
const keyOf = async (
  { variable, value }: NonNullable<ReturnType<typeof config.modelServer>["apiKey"]>,
  secretOf: Outsides["ofConfiguration"],
): Promise<string | undefined> => (variable === undefined ? value : secretOf(variable));
