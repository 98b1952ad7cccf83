// Providers that a program writes down as a list of methods: `defineProvider`.

export { type DefinedMethod, type DefinedProvider, defineProvider } from "./define-provider.ts";
