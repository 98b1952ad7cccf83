export { type Change, changed } from "./change.ts";
export type { EsdbStore } from "./esdb-url.ts";
export { configJsonSchema } from "./json-schema.ts";
export { migrated } from "./migrated.ts";
export { millisIn } from "./schema.ts";
export { checkFile, type Flags, homeOf, loadSettings, type Places, type Settings } from "./settings.ts";
export { configurationFiles, type ShownSetting, shown } from "./shown.ts";
export { bytesIn } from "./size.ts";
export type { StoreUrl } from "./store-url.ts";
