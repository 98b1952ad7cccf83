import { type MethodCatalog, runParamProblems, SUB_WORKFLOW, type Zones } from "../../domain/index.ts";
import type { ProviderRegistry } from "./registry.ts";

/** The registry as validation of documents sees it, and what the engine does itself: runs inside runs. */
export const catalogOf = (
  registry: ProviderRegistry,
  zones: Zones,
  environment?: ReadonlySet<string>,
): MethodCatalog => ({
  zones,
  environment,
  protocols: () => [...registry.protocols, SUB_WORKFLOW.protocol].toSorted(),
  remedy: (protocol) => registry.remedies.get(protocol),
  providers: () => registry.providers.map(({ name }) => name),
  speakersOf: (spoken) =>
    registry.providers.filter(({ protocol }) => protocol === spoken).map(({ name }) => name),
  methodsOf: (protocol) => [
    ...registry.methodsOf(protocol).flatMap(({ name, aliases }) => [name, ...aliases]),
    ...(protocol === SUB_WORKFLOW.protocol ? [SUB_WORKFLOW.method] : []),
  ],
  method: (protocol, name, provider, given) => {
    if (protocol === SUB_WORKFLOW.protocol && name === SUB_WORKFLOW.method)
      return { check: runParamProblems };
    return (
      registry.method(protocol, name, provider, given) && {
        check: (params) => registry.check(protocol, name, params, provider),
      }
    );
  },
});
