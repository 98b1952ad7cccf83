// Flags and quotas of a tenant: one desk for every way in. Where an engine is open, what it keeps counts at once.
import { asError, limitOf } from "../domain/index.ts";
import {
  type ConfiguredSettings,
  type KeptSettings,
  keptSettings,
  type Log,
  type OwnEngine,
  type SettingsDesk,
  settingsDesk,
} from "../engine/index.ts";
import type { OpenStore } from "../open-store.ts";
import type { Base } from "./base.ts";

type Opened = Pick<OpenStore, "store" | "tenant" | "readModels"> & { readonly engine?: OwnEngine };

export function settingsDeskOf(base: Base, { store, tenant, readModels, engine }: Opened): SettingsDesk {
  const { clock, random, closing } = base;
  const configured = async (): Promise<ConfiguredSettings> => {
    const { values, sourceOf } = await base.settings();
    const isDefault = sourceOf(["server", "requests_per_minute"]).kind === "default";
    const limit = values.server.requests_per_minute;
    return { flags: values.flags, requestsPerMinute: { limit, isDefault } };
  };
  const kept = () => {
    const configuredFlags = async () => (await configured()).flags;
    return closing.add(keptSettings({ events: store.events, clock, random, configuredFlags }), async (one) =>
      one.close(),
    );
  };
  return settingsDesk({ settings: engine?.settings ?? kept(), tenant, clock, readModels, configured });
}

/** Asked for each request; while the log cannot be read, what was known last counts. */
export function requestsPerMinute({ of }: Pick<KeptSettings, "of">, tenant: string, log: Log) {
  let known: number | undefined;
  return async (): Promise<number | undefined> => {
    try {
      known = limitOf(await of(tenant), "requests_per_minute");
    } catch (error) {
      log.debug({ error: asError(error) }, "whether a quota of requests was changed cannot be read");
    }
    return known;
  };
}
