// The providers that the configuration declares, each out of its settings.
import { resolve } from "node:path";
import * as config from "../../adapters/config/index.ts";
import type { Processes, Provider } from "../../engine/index.ts";
import type { Base } from "../base.ts";
import type { Outsides } from "../secrets.ts";
import { type Dockers, dockerProvider } from "./containers.ts";
import { httpServer } from "./http-sites.ts";
import { jsonrpcServer } from "./jsonrpc.ts";
import { folderOfTools, mcpServer } from "./mcp.ts";
import { modelServers } from "./models.ts";
import type { Declared } from "./pools.ts";
import type { Scripts } from "./scripts.ts";

export type Around = {
  readonly processes: () => Promise<Processes>;
  readonly secretOf: Outsides["ofConfiguration"];
  readonly dockers: Dockers;
  readonly interpreters: Scripts["by"];
  /** What relative paths start from. */
  readonly folder: string;
  /** Who speaks a protocol, as it is now. */
  readonly speaking: (protocol: string) => readonly string[];
};
export type ProviderSettings = config.Settings["values"]["providers"][string];

/** Nothing is opened by it. */
export async function declaredIn(
  base: Base,
  name: string,
  settings: ProviderSettings,
  around: Around,
): Promise<Declared> {
  switch (settings.type) {
    case "module":
      return single(name, settings, around, () => fromModule(name, settings, around.folder));
    case "mcp": {
      const { tools_dir: folder } = settings;
      return folder === undefined
        ? mcpServer(base, { name, settings, ...around })
        : single(name, settings, around, () =>
            folderOfTools(base, name, resolve(around.folder, folder), around),
          );
    }
    case "jsonrpc":
      return jsonrpcServer(base, { name, settings, ...around });
    case "http":
      return httpServer(base, { name, settings, ...around });
    case "docker":
      return single(name, settings, around, () => dockerProvider(base, around.dockers.of(name, settings)));
    case "ollama":
    case "openai":
    case "anthropic":
      return modelServers(base, name, settings, around);
  }
}

function single(
  name: string,
  settings: ProviderSettings,
  { folder }: Around,
  make: () => Promise<Provider>,
): Declared {
  const essence = config.essenceOf({ ...settings, folder });
  const instance = { settings: {}, essence, make: async () => [await make()] as const };
  return { name, shape: settings.type, settings: {}, instances: [instance] };
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

async function fromModule(name: string, { module, options }: config.ModuleSettings, folder: string) {
  const { moduleProvider } = await import("../../adapters/providers/module/index.ts");
  return moduleProvider({ name, module, folder, options });
}
