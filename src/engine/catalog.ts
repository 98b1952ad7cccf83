import type { MethodCatalog, Zones } from "../domain/index.ts";
import type { ProviderRegistry } from "./registry.ts";

/** The registry as validation of documents sees it. */
export const catalogOf = (registry: ProviderRegistry, zones: Zones): MethodCatalog => ({
  zones,
  protocols: () => registry.protocols,
  providers: () => registry.providers.map(({ name }) => name),
  methodsOf: (protocol) => registry.methodsOf(protocol).flatMap(({ name, aliases }) => [name, ...aliases]),
  method: (protocol, name) =>
    registry.method(protocol, name) && { check: (params) => registry.check(protocol, name, params) },
});
