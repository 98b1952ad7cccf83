// The providers that are there without a configuration.
import { bytesIn } from "../../adapters/config/index.ts";
import type { Provider } from "../../engine/index.ts";
import type { Base } from "../base.ts";
import { guardedOutbound } from "../outbound.ts";
import type { Scripts } from "./scripts.ts";

/** `servers`: of MCP, as they are when somebody asks for another. */
export async function builtInProviders(
  base: Base,
  spoken: Scripts,
  servers: () => readonly string[],
): Promise<readonly Provider[]> {
  const { echoProvider } = await import("../../adapters/providers/echo/index.ts");
  const { mcpProvider } = await import("../../adapters/providers/mcp/index.ts");
  const { httpProvider } = await import("../../adapters/providers/http/index.ts");
  const { clock, outside, settings } = base;
  const mostBytes = bytesIn((await settings()).values.limits.result);
  return [
    echoProvider(),
    mcpProvider({ version: outside.version, servers }),
    httpProvider({ outbound: guardedOutbound(base), clock, mostBytes }),
    ...(await spoken.providers()),
  ];
}
