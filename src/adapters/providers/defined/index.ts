export { type DefinedMethod, type DefinedProvider, defineProvider } from "./define-provider.ts";
