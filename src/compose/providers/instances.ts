// What operators do with instances: taking them out of use, and looking for ones that could be.
import type { DiscoveredServer, DrainRequest } from "../../adapters/cli/index.ts";
import * as config from "../../adapters/config/index.ts";
import type { Actor } from "../../domain/index.ts";
import type { EventStore } from "../../engine/index.ts";
import type { Base } from "../base.ts";
import { trustedOutbound } from "../outbound.ts";

type Opened = { readonly store: { readonly events: EventStore }; readonly actor: Actor };

export async function drained(
  { clock, random }: Base,
  driving: () => Promise<Opened>,
  request: DrainRequest,
): Promise<boolean> {
  const { drain } = await import("../../adapters/providers/pool/index.ts");
  const { store, actor } = await driving();
  return drain(store.events, request, { actor, clock, random });
}

export async function discoveredServers(base: Base): Promise<readonly DiscoveredServer[]> {
  const { discovered } = await import("../../adapters/providers/llm/index.ts");
  const { values } = await base.settings();
  const found = await discovered(trustedOutbound(base), base.clock);
  const askedBy = (url: string): string | undefined =>
    Object.entries(values.providers).find(([, settings]) => urlsOf(settings).includes(url))?.[0];
  return found.map((server) => {
    const provider = askedBy(server.url);
    return { ...server, ...(provider !== undefined && { provider }) };
  });
}

type Settings = config.Settings["values"]["providers"][string];

/** As origins; `localhost` is this machine by another name. */
function urlsOf(settings: Settings): readonly string[] {
  if (settings.type !== "ollama") return [];
  const { url, instances } = settings;
  const given = instances?.map((one) => one.url) ?? [url ?? "http://127.0.0.1:11434"];
  return given.map((one) => config.addressOf(one).replace("//localhost:", "//127.0.0.1:"));
}
