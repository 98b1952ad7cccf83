// The providers of an installation: built-in ones, those of its configuration, those its caller brings.
import { asError, type Definition } from "../../domain/index.ts";
import { type Processes, type ProviderRegistry, preflight, providerRegistry } from "../../engine/index.ts";
import { once } from "../../lifetime.ts";
import type { Base } from "../base.ts";
import type { Outsides } from "../secrets.ts";
import { builtInProviders } from "./built-in.ts";
import type { Cassettes } from "./cassettes.ts";
import { REMEDIES } from "./configured.ts";
import { dockersOf } from "./containers.ts";
import { type DeclaredProviders, declaredProviders } from "./declared.ts";
import { withFallbacks } from "./fallbacks.ts";
import { serversAmong } from "./mcp.ts";
import type { Records } from "./pools.ts";
import { scripts } from "./scripts.ts";

export type Providers = {
  readonly registry: () => Promise<ProviderRegistry>;
  /** What the configuration declares from now on, in place of what it declared before. */
  readonly change: DeclaredProviders["change"];
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
  const { outside, clock, closing, log } = base;
  const processes = once(async () => {
    const { processGroups } = await import("../../adapters/processes/index.ts");
    if (cassettes.isPlaying) {
      const { unreachedProcesses } = await import("../../adapters/cassettes/index.ts");
      return unreachedProcesses(processGroups().node);
    }
    return closing.add(processGroups(), (groups) => groups.closeAll());
  });
  const dockers = dockersOf(base);
  const spoken = scripts(base, processes, dockers);
  const declared = once(async () => {
    let known: ProviderRegistry | undefined;
    const speaking = (protocol: string): readonly string[] =>
      (known?.providers ?? []).flatMap((one) => (one.protocol === protocol ? [one.name] : []));
    const builtIn = await builtInProviders(base, spoken, () => serversAmong(speaking("mcp/v1")));
    const around = {
      processes,
      secretOf: outsides.ofConfiguration,
      dockers,
      interpreters: spoken.by,
      speaking,
    };
    return declaredProviders(base, {
      records,
      around,
      registered: async (configured, fallbacks) => {
        const all = [...builtIn, ...configured, ...(outside.ownProviders ?? [])];
        const inOrder = withFallbacks(await cassettes.within(all), fallbacks);
        known = providerRegistry(inOrder, REMEDIES, fallbacks);
        return known;
      },
    });
  });
  const registry = async (): Promise<ProviderRegistry> => (await declared()).registry;

  return {
    registry,
    change: async (next) => (await declared()).change(next),
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
