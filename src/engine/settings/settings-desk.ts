// Flags and quotas as an operator has to do with them, whichever way in: how each stands, and who sets it.
import {
  type Actor,
  type ConfiguredFlags,
  FLAG_NAMES,
  FLAGS,
  type Flag,
  flagStanding,
  GleitzeitError,
  type Instant,
  MOST_OF_A_QUOTA,
  QUOTA_NAMES,
  QUOTAS,
  type Quota,
  type SettingsEvent,
  type TenantSettings,
} from "../../domain/index.ts";
import type { Clock, ReadModels, SubmittedRuns } from "../ports/index.ts";
import { dayOf } from "./admission.ts";
import type { KeptSettings } from "./kept-settings.ts";

/** As `flags --json` and HTTP tell it: add, never rename. */
export type FlagDocument = {
  readonly flag: Flag;
  readonly on: boolean;
  readonly default: boolean;
  readonly from: "default" | "configuration" | "tenant";
  /** Who set it for the tenant, and when; null where nobody did. */
  readonly by: Actor | null;
  readonly at: Instant | null;
  readonly description: string;
};

/** As `quotas --json` and HTTP tell it: add, never rename. */
export type QuotaDocument = {
  readonly quota: Quota;
  /** Null where there is none. */
  readonly limit: number | null;
  /** Null where nothing is counted in the log. */
  readonly used: number | null;
  readonly from: "default" | "configuration" | "tenant";
  readonly by: Actor | null;
  readonly at: Instant | null;
  readonly description: string;
};

export type HowSet = { readonly by: Actor; readonly reason?: string | undefined };

export type SettingsDesk = {
  flags(): Promise<readonly FlagDocument[]>;
  /** `on` undefined: the configuration counts again. */
  setFlag(flag: Flag, on: boolean | undefined, how: HowSet): Promise<FlagDocument>;
  quotas(): Promise<readonly QuotaDocument[]>;
  /** `limit` undefined: there is none but the configuration's. */
  setQuota(quota: Quota, limit: number | undefined, how: HowSet): Promise<QuotaDocument>;
};

/** What the configuration in force says. */
export type ConfiguredSettings = {
  readonly flags: ConfiguredFlags;
  readonly requestsPerMinute: { readonly limit: number; readonly isDefault: boolean };
};

export type DeskKit = {
  readonly settings: Pick<KeptSettings, "of" | "change">;
  readonly tenant: string;
  readonly clock: Pick<Clock, "now">;
  readonly readModels: () => Promise<Pick<ReadModels, "submitted">>;
  readonly configured: () => Promise<ConfiguredSettings>;
};

export function settingsDesk({ settings, tenant, clock, readModels, configured }: DeskKit): SettingsDesk {
  const flagIn = async (set: TenantSettings, flag: Flag): Promise<FlagDocument> => {
    const { set: by, ...standing } = flagStanding(set, (await configured()).flags, flag);
    const { default: usual, description } = FLAGS[flag];
    return { flag, ...standing, default: usual, by: by?.by ?? null, at: by?.at ?? null, description };
  };

  const counted = async (): Promise<SubmittedRuns> =>
    (await readModels()).submitted(tenant, dayOf(clock.now()));

  const quotaIn = async (
    set: TenantSettings,
    quota: Quota,
    counted: SubmittedRuns,
  ): Promise<QuotaDocument> => {
    const own = set.quotas.get(quota);
    const { limit, from } = own ? { limit: own.limit, from: "tenant" as const } : await usualLimit(quota);
    const { description } = QUOTAS[quota];
    return {
      quota,
      limit,
      used: usedOf(quota, counted),
      from,
      by: own?.by ?? null,
      at: own?.at ?? null,
      description,
    };
  };

  const usualLimit = async (quota: Quota): Promise<Pick<QuotaDocument, "limit" | "from">> => {
    if (quota !== "requests_per_minute") return { limit: null, from: "default" };
    const { limit, isDefault } = (await configured()).requestsPerMinute;
    return { limit, from: isDefault ? "default" : "configuration" };
  };

  const changed = (event: SettingsEvent, by: Actor): Promise<TenantSettings> =>
    settings.change(tenant, event, by);

  return {
    flags: async () => {
      const set = await settings.of(tenant);
      return Promise.all(FLAG_NAMES.map((flag) => flagIn(set, flag)));
    },
    setFlag: async (flag, on, { by, reason }) => {
      const event: SettingsEvent =
        on === undefined
          ? { type: "FlagCleared", data: { flag, ...because(reason) } }
          : { type: "FlagSet", data: { flag, on, ...because(reason) } };
      return flagIn(await changed(event, by), flag);
    },
    quotas: async () => {
      const [set, used] = [await settings.of(tenant), await counted()];
      return Promise.all(QUOTA_NAMES.map((quota) => quotaIn(set, quota, used)));
    },
    setQuota: async (quota, limit, { by, reason }) => {
      if (limit !== undefined) checkLimit(quota, limit);
      const event: SettingsEvent =
        limit === undefined
          ? { type: "QuotaCleared", data: { quota, ...because(reason) } }
          : { type: "QuotaSet", data: { quota, limit, ...because(reason) } };
      return quotaIn(await changed(event, by), quota, await counted());
    },
  };
}

const because = (reason: string | undefined) => (reason === undefined ? {} : { values: { reason } });

function usedOf(quota: Quota, { open, onDay }: SubmittedRuns): number | null {
  switch (quota) {
    case "open_runs":
      return open;
    case "runs_per_day":
      return onDay;
    case "requests_per_minute":
      return null;
  }
}

function checkLimit(quota: Quota, limit: number): void {
  const { least } = QUOTAS[quota];
  if (Number.isInteger(limit) && limit >= least && limit <= MOST_OF_A_QUOTA) return;
  throw new GleitzeitError(
    "INVALID_PARAMS",
    `the limit of \`${quota}\` is a whole number from ${least} to ${MOST_OF_A_QUOTA}, not ${limit}`,
  );
}
