export { type HttpOptions, httpProvider } from "./http-provider.ts";
