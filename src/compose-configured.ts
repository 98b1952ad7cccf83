// The providers that the configuration declares, in its order: of several for one protocol the first is asked.
import * as config from "./adapters/config/index.ts";
import type { Base } from "./compose-base.ts";
import { trustedOutbound } from "./compose-outbound.ts";
import type { Provider } from "./engine/index.ts";

export async function configuredProviders(base: Base): Promise<readonly Provider[]> {
  const { values } = await base.settings();
  const declared = Object.entries(values.providers);
  return Promise.all(
    declared.map(([name, settings]) =>
      settings.type === "module" ? fromModule(base, name, settings) : ofModels(base, name, settings),
    ),
  );
}

async function fromModule({ settings }: Base, name: string, { module, options }: config.ModuleSettings) {
  const { moduleProvider } = await import("./adapters/providers/module/index.ts");
  const { folder } = await settings();
  return moduleProvider({ name, module, folder, options });
}

async function ofModels(base: Base, name: string, settings: config.ModelSettings): Promise<Provider> {
  const { llmProvider } = await import("./adapters/providers/llm/index.ts");
  const { values } = await base.settings();
  const { type, prices, timeout } = settings;
  return llmProvider({
    name,
    type,
    ...config.modelServer(settings, base.outside.env),
    prices,
    timeoutMs: timeout === undefined ? undefined : config.millisIn(timeout),
    outbound: trustedOutbound(base),
    clock: base.clock,
    mostBytes: config.bytesIn(values.limits.result),
  });
}
