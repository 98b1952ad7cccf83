// How a server of the configuration is reached: a program or an address, with the secrets that its settings name.
import * as config from "../../adapters/config/index.ts";
import type { Processes } from "../../engine/index.ts";
import type { Base } from "../base.ts";
import { trustedOutbound } from "../outbound.ts";

type Reached = {
  readonly name: string;
  readonly settings: config.ServerSettings;
  readonly processes: () => Promise<Processes>;
  readonly secretOf: (name: string) => Promise<string | undefined>;
  /** What its working folder starts from. */
  readonly folder: string;
};

export async function wayTo(base: Base, { name, settings, processes, secretOf, folder }: Reached) {
  const named = config.secretsIn(settings);
  const secrets = Object.fromEntries(
    await Promise.all(named.map(async (one) => [one, await secretOf(one)] as const)),
  );
  const server = config.serverWay(name, settings, { env: base.outside.env, folder, secrets });
  return server.kind === "url"
    ? { ...server, outbound: trustedOutbound(base) }
    : { ...server, processes: await processes() };
}
