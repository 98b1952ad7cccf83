// Servers of the Model Context Protocol that the configuration declares, beside the built-in one.
import * as config from "../../adapters/config/index.ts";
import { confidence, discreet, type Provider } from "../../engine/index.ts";
import type { Base } from "../base.ts";
import { type Reachable, servers } from "./places.ts";
import type { Declared } from "./pools.ts";
import type { Scripts } from "./scripts.ts";
import { wayTo } from "./server-way.ts";

/** A folder of functions, called in the sandbox. */
export async function folderOfTools(
  { random, log }: Base,
  name: string,
  folder: string,
  { interpreters }: { readonly interpreters: Scripts["by"] },
): Promise<Provider> {
  const { toolsProvider } = await import("../../adapters/providers/tools/index.ts");
  return toolsProvider({
    name,
    folder,
    interpreters,
    schemas: () => import("../../adapters/json-schemas/index.ts"),
    runId: () => random.runId(),
    log,
  });
}

/** As documents name them: the built-in one is the server `builtin` of the provider `mcp`. */
export const serversAmong = (providers: readonly string[]): readonly string[] =>
  providers.map((name) => (name === "mcp" ? "builtin" : name));

type Server = Reachable<config.McpSettings>;

export const mcpServer = (base: Base, server: Server): Declared =>
  servers(server, "mcp", async (one) => [await asked(base, one)]);

async function asked(base: Base, declared: Server): Promise<Provider> {
  const { mcpServerProvider } = await import("../../adapters/providers/mcp/index.ts");
  const { values } = await base.settings();
  const { start_timeout } = declared.settings;
  const told = confidence();
  const secretOf: Server["secretOf"] = async (name) => told.tell(await declared.secretOf(name));
  const provider = mcpServerProvider({
    name: declared.name,
    servers: () => serversAmong(declared.speaking("mcp/v1")),
    version: base.outside.version,
    clock: base.clock,
    schemas: () => import("../../adapters/json-schemas/index.ts"),
    startMs: start_timeout === undefined ? undefined : config.millisIn(start_timeout),
    mostBytes: 2 * config.bytesIn(values.limits.result),
    way: () => wayTo(base, { ...declared, secretOf }),
  });
  return discreet(provider, told);
}
