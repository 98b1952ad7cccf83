// HTTP servers that the configuration names: documents reach them by paths.
import * as config from "../../adapters/config/index.ts";
import { confidence, discreet, type Provider } from "../../engine/index.ts";
import type { Base } from "../base.ts";
import { trustedOutbound } from "../outbound.ts";
import { type Reachable, servers } from "./places.ts";
import type { Declared } from "./pools.ts";

type Site = Reachable<config.HttpSettings>;

export const httpServer = (base: Base, site: Site): Declared =>
  servers(site, "http", async (one) => [await reached(base, one)]);

async function reached(base: Base, { name, settings, folder, ...site }: Site): Promise<Provider> {
  const { siteProvider } = await import("../../adapters/providers/http/index.ts");
  const { values } = await base.settings();
  const told = confidence();
  const { timeout, health_path: healthPath } = settings;
  const provider = siteProvider({
    name,
    outbound: trustedOutbound(base),
    clock: base.clock,
    mostBytes: config.bytesIn(values.limits.result),
    timeoutMs: timeout === undefined ? undefined : config.millisIn(timeout),
    healthPath,
    way: async () => {
      const named = config.secretsIn(settings);
      const found = await Promise.all(
        named.map(async (one) => [one, told.tell(await site.secretOf(one))] as const),
      );
      const { env } = base.outside;
      return config.addressWay(name, settings, { env, folder, secrets: Object.fromEntries(found) });
    },
  });
  return discreet(provider, told);
}
