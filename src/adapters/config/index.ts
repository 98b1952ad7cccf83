export type { Environment } from "./environment.ts";
export { configJsonSchema } from "./json-schema.ts";
export type { Source } from "./layers.ts";
export { sourceText } from "./problems.ts";
export {
  candidates,
  checkFile,
  type Flags,
  homeOf,
  loadSettings,
  type Places,
  type Settings,
  settingPaths,
  type Values,
} from "./settings.ts";
export { bytesIn } from "./size.ts";
export { masked, type StoreUrl } from "./store-url.ts";
