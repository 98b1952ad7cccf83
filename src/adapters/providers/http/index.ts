// `http/v1`: requests to other machines.

export { type HttpOptions, httpProvider } from "./http-provider.ts";
export { type SiteOptions, siteProvider } from "./site-provider.ts";
