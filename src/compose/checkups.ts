// What `doctor` looks at, of the parts that this installation is put together from.
import type { Checkup } from "../adapters/cli/index.ts";
import * as config from "../adapters/config/index.ts";
import type { ProviderRegistry } from "../engine/index.ts";
import type { OpenStore } from "../open-store.ts";

type Outside = config.Places & { readonly nodeVersion: string; readonly platform: string };

export async function* checkupsOf(
  outside: Outside,
  settings: () => Promise<config.Settings>,
  store: () => Promise<OpenStore>,
  providers: () => Promise<ProviderRegistry>,
  docker: () => Promise<string | undefined>,
): AsyncGenerator<Checkup> {
  const { checkups } = await import("../adapters/doctor/index.ts");
  const { sqliteVersion } = await import("../adapters/event-store/index.ts");
  yield* checkups({
    node: outside.nodeVersion,
    platform: outside.platform,
    home: config.homeOf(outside),
    configuration: async () => (await settings()).file,
    sqliteVersion,
    openStore: async () => {
      const { keys, place } = await store();
      await keys();
      return place;
    },
    providers: async () => (await providers()).providers,
    docker,
  });
}
