// Servers of the Model Context Protocol that the configuration declares, beside the built-in one.
import { resolve } from "node:path";
import * as config from "../adapters/config/index.ts";
import { confidence, discreet, type Processes, type Provider } from "../engine/index.ts";
import type { Base } from "./base.ts";
import type { Scripts } from "./scripts.ts";
import { wayTo } from "./way.ts";

export const mcpServers = (declared: config.Settings["values"]["providers"]): readonly string[] =>
  Object.entries(declared).flatMap(([name, { type }]) => (type === "mcp" ? [name] : []));

type Declared = {
  readonly name: string;
  readonly settings: config.McpSettings;
  readonly processes: () => Promise<Processes>;
  readonly secretOf: (name: string) => Promise<string | undefined>;
};

/** A folder of functions, called in the sandbox. */
export async function folderOfTools(
  { settings, random, log }: Base,
  name: string,
  toolsDir: string,
  interpreters: Scripts["by"],
): Promise<Provider> {
  const { toolsProvider } = await import("../adapters/providers/tools/index.ts");
  const { folder } = await settings();
  return toolsProvider({
    name,
    folder: resolve(folder, toolsDir),
    interpreters,
    schemas: () => import("../adapters/json-schemas/index.ts"),
    runId: () => random.runId(),
    log,
  });
}

export async function mcpServer(base: Base, declared: Declared): Promise<Provider> {
  const { mcpServerProvider } = await import("../adapters/providers/mcp/index.ts");
  const { folder, values } = await base.settings();
  const { start_timeout } = declared.settings;
  const told = confidence();
  const secretOf: Declared["secretOf"] = async (name) => told.tell(await declared.secretOf(name));
  const provider = mcpServerProvider({
    name: declared.name,
    servers: ["builtin", ...mcpServers(values.providers)],
    version: base.outside.version,
    clock: base.clock,
    schemas: () => import("../adapters/json-schemas/index.ts"),
    startMs: start_timeout === undefined ? undefined : config.millisIn(start_timeout),
    mostBytes: 2 * config.bytesIn(values.limits.result),
    way: () => wayTo(base, { ...declared, secretOf, folder }),
  });
  return discreet(provider, told);
}
