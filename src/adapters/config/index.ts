// The configuration: files, environment and flags as one set of values, each with where it comes from.

export { type Change, changed } from "./change.ts";
export { checkFile, type SchemaProblem } from "./check-file.ts";
export { type DockerSettings, dockerAddress } from "./docker-settings.ts";
export { millisIn } from "./duration.ts";
export type { EsdbStore } from "./esdb-url.ts";
export { essenceOf } from "./essence.ts";
export { fallbacksIn } from "./fallbacks.ts";
export type { HttpSettings } from "./http-settings.ts";
export { addressOf, instanceNames } from "./instance-names.ts";
export { configJsonSchema } from "./json-schema.ts";
export type { JsonrpcSettings } from "./jsonrpc-settings.ts";
export type { McpSettings } from "./mcp-settings.ts";
export { migrated } from "./migrated.ts";
export { type ApiKey, modelServer } from "./model-server.ts";
export {
  instancePolicy,
  isPooled,
  type PoolSettings,
  poolPolicy,
} from "./pool-settings.ts";
export type { ModelSettings, ModuleSettings } from "./providers.ts";
export { changedSettings, reloaded } from "./reloaded.ts";
export { retentionPolicies } from "./retention-settings.ts";
export type { PlaceSettings, PlacesSettings, ServerSettings } from "./server-settings.ts";
export { serverUrl } from "./server-url.ts";
export { addressWay, secretsIn, serverWay } from "./server-way.ts";
export { type Flags, homeOf, loadSettings, type Places, type Settings } from "./settings.ts";
export { configurationFiles, type ShownSetting, shown } from "./shown.ts";
export { bytesIn } from "./size.ts";
export type { StoreUrl } from "./store-url.ts";
export { watchedFile } from "./watched-file.ts";
