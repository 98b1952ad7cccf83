// What is set for a tenant, as its stream tells it, and what holds in the end: the tenant's word before the
// configuration's, and that before the default.
import type { Instant } from "../instant.ts";
import type { Actor } from "../run/metadata.ts";
import { type ConfiguredFlags, FLAGS, type Flag } from "./flags.ts";
import type { Quota } from "./quotas.ts";
import type { SettingsEvent } from "./settings-events.ts";

export type SetBy = { readonly at: Instant; readonly by: Actor };
export type SetFlag = SetBy & { readonly on: boolean };
export type SetQuota = SetBy & { readonly limit: number };

/** SetBy name; also those that this version does not know. */
export type TenantSettings = {
  readonly flags: ReadonlyMap<string, SetFlag>;
  readonly quotas: ReadonlyMap<string, SetQuota>;
};

export const NOTHING_SET: TenantSettings = { flags: new Map(), quotas: new Map() };

export function evolveSettings(before: TenantSettings, event: SettingsEvent, by: SetBy): TenantSettings {
  switch (event.type) {
    case "FlagSet":
      return { ...before, flags: new Map(before.flags).set(event.data.flag, { on: event.data.on, ...by }) };
    case "FlagCleared":
      return { ...before, flags: without(before.flags, event.data.flag) };
    case "QuotaSet": {
      const { quota, limit } = event.data;
      return { ...before, quotas: new Map(before.quotas).set(quota, { limit, ...by }) };
    }
    case "QuotaCleared":
      return { ...before, quotas: without(before.quotas, event.data.quota) };
  }
}

function without<T>(all: ReadonlyMap<string, T>, name: string): ReadonlyMap<string, T> {
  const rest = new Map(all);
  rest.delete(name);
  return rest;
}

/** Whether it would change anything: what stands so already is not said again. */
export function changesSettings({ flags, quotas }: TenantSettings, { type, data }: SettingsEvent): boolean {
  switch (type) {
    case "FlagSet":
      return flags.get(data.flag)?.on !== data.on;
    case "FlagCleared":
      return flags.has(data.flag);
    case "QuotaSet":
      return quotas.get(data.quota)?.limit !== data.limit;
    case "QuotaCleared":
      return quotas.has(data.quota);
  }
}

export type FlagStanding = {
  readonly on: boolean;
  readonly from: "default" | "configuration" | "tenant";
  /** Who set it for the tenant, and when. */
  readonly set?: SetBy;
};

export function flagStanding(
  { flags }: TenantSettings,
  configured: ConfiguredFlags,
  flag: Flag,
): FlagStanding {
  const set = flags.get(flag);
  if (set) return { on: set.on, from: "tenant", set: { at: set.at, by: set.by } };
  const on = configured[flag];
  return on === undefined ? { on: FLAGS[flag].default, from: "default" } : { on, from: "configuration" };
}

/** Undefined where there is none. */
export const limitOf = ({ quotas }: TenantSettings, quota: Quota): number | undefined =>
  quotas.get(quota)?.limit;
