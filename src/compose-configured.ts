// The providers that the configuration declares, in its order: of several for one protocol the first is asked.
import * as config from "./adapters/config/index.ts";
import type { Base } from "./compose-base.ts";
import { jsonrpcProviders } from "./compose-jsonrpc.ts";
import { mcpServer } from "./compose-mcp.ts";
import { trustedOutbound } from "./compose-outbound.ts";
import type { Outsides } from "./compose-secrets.ts";
import type { Processes, Provider } from "./engine/index.ts";

export async function configuredProviders(
  base: Base,
  processes: Starting,
  secretOf: Outsides["ofConfiguration"],
): Promise<readonly Provider[]> {
  const { values } = await base.settings();
  const declared = Object.entries(values.providers);
  const all = await Promise.all(
    declared.map(([name, settings]) => ofType(base, name, settings, { processes, secretOf })),
  );
  return all.flat();
}

type Around = { readonly processes: Starting; readonly secretOf: Outsides["ofConfiguration"] };
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
      return mcpServer(base, { name, settings, ...around });
    case "jsonrpc":
      return jsonrpcProviders(base, { name, settings, ...around });
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
    "jsonrpc/v1",
    "declare an endpoint under `providers` in the configuration: `NAME: {type: jsonrpc, command: …}` or `{type: jsonrpc, url: …}` (docs/providers/external.md)",
  ],
]);

async function fromModule({ settings }: Base, name: string, { module, options }: config.ModuleSettings) {
  const { moduleProvider } = await import("./adapters/providers/module/index.ts");
  const { folder } = await settings();
  return moduleProvider({ name, module, folder, options });
}

async function ofModels(
  base: Base,
  name: string,
  settings: config.ModelSettings,
  { secretOf }: Around,
): Promise<Provider> {
  const { llmProvider } = await import("./adapters/providers/llm/index.ts");
  const { values } = await base.settings();
  const { type, prices, timeout } = settings;
  const { apiKey, ...server } = config.modelServer(settings, base.outside.env);
  const variable = apiKey?.variable;
  return llmProvider({
    name,
    type,
    ...server,
    apiKey: variable === undefined ? apiKey : { variable, value: undefined, read: () => secretOf(variable) },
    prices,
    timeoutMs: timeout === undefined ? undefined : config.millisIn(timeout),
    outbound: trustedOutbound(base),
    clock: base.clock,
    mostBytes: config.bytesIn(values.limits.result),
  });
}
