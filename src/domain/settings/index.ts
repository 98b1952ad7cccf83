// What is set for a tenant while everything runs: flags and quotas.

export { type ConfiguredFlags, FLAG_NAMES, FLAGS, type Flag, isFlag } from "./flags.ts";
export { isQuota, MOST_OF_A_QUOTA, QUOTA_NAMES, QUOTAS, type Quota } from "./quotas.ts";
export {
  changesSettings,
  evolveSettings,
  type FlagStanding,
  flagStanding,
  limitOf,
  NOTHING_SET,
  type SetBy,
  type TenantSettings,
} from "./settings.ts";
export {
  readSettingsEvent,
  SETTINGS_EVENT_VERSION,
  SettingsEvent,
  settingsStream,
} from "./settings-events.ts";
