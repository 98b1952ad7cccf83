// The providers of an installation: built-in ones, those of its configuration, those its caller brings.
import { bytesIn, fallbacksIn } from "../adapters/config/index.ts";
import type { Definition } from "../domain/index.ts";
import { type Processes, type ProviderRegistry, preflight, providerRegistry } from "../engine/index.ts";
import { once } from "../lifetime.ts";
import type { Base } from "./base.ts";
import type { Cassettes } from "./cassettes.ts";
import { configuredProviders, REMEDIES } from "./configured.ts";
import { dockersOf } from "./containers.ts";
import { withFallbacks } from "./fallbacks.ts";
import { mcpServers } from "./mcp.ts";
import { guardedOutbound } from "./outbound.ts";
import type { Records } from "./pools.ts";
import { scripts } from "./scripts.ts";
import type { Outsides } from "./secrets.ts";

export type Providers = {
  readonly registry: () => Promise<ProviderRegistry>;
  readonly processes: () => Promise<Processes>;
  /** What the configuration names as `${secret.NAME}`. */
  readonly secretOf: Outsides["ofConfiguration"];
  /** Starts ahead of a run what would take its first task's time. */
  readonly ready: (definition: Definition) => Promise<void>;
};

export function providersOf(
  base: Base,
  outsides: Pick<Outsides, "ofConfiguration">,
  records: Records,
  cassettes: Cassettes,
): Providers {
  const { outside, clock, closing, settings, log } = base;
  const processes = once(async () => {
    const { processGroups } = await import("../adapters/processes/index.ts");
    if (cassettes.isPlaying) {
      const { unreachedProcesses } = await import("../adapters/cassettes/index.ts");
      return unreachedProcesses(processGroups().node);
    }
    return closing.add(processGroups(), (groups) => groups.closeAll());
  });
  const dockers = dockersOf(base);
  const spoken = scripts(base, processes, dockers);
  const registry = once(async () => {
    const { echoProvider } = await import("../adapters/providers/echo/index.ts");
    const { mcpProvider } = await import("../adapters/providers/mcp/index.ts");
    const { httpProvider } = await import("../adapters/providers/http/index.ts");
    const { version, ownProviders = [] } = outside;
    const mostBytes = bytesIn((await settings()).values.limits.result);
    const http = httpProvider({ outbound: guardedOutbound(base), clock, mostBytes });
    const builtIn = [
      echoProvider(),
      mcpProvider({ version, others: mcpServers((await settings()).values.providers) }),
      http,
      ...(await spoken.providers()),
    ];
    const secretOf = outsides.ofConfiguration;
    const interpreters = spoken.by;
    const configured = await configuredProviders(base, {
      processes,
      secretOf,
      records,
      dockers,
      interpreters,
    });
    const { values } = await settings();
    const fallbacks = fallbacksIn(values.fallbacks, values.providers);
    const declared = await cassettes.within([...builtIn, ...configured, ...ownProviders]);
    const inOrder = withFallbacks(declared, fallbacks);
    const all = providerRegistry(inOrder, REMEDIES, fallbacks);
    return closing.add(all, (one) => one.closeAll());
  });

  return {
    registry,
    processes,
    secretOf: outsides.ofConfiguration,
    ready: async (definition) => {
      if (cassettes.isPlaying) return;
      const told = await log();
      const unheard = (provider: string, ms: number): void =>
        told.warn(
          { provider },
          `${provider} did not answer within ${ms / 1000} seconds: what is called of it is not checked before the run`,
        );
      await preflight(await registry(), definition, { clock, unheard });
      await spoken.warm(definition).catch(async (error: unknown) => {
        (await log()).warn({ error: asError(error) }, "no interpreter could be started ahead of the run");
      });
    },
  };
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
