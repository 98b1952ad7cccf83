// The providers as they are now: whoever holds this asks those of today, though the configuration was read again since.
import type { ProviderRegistry } from "./registry.ts";

export type CurrentRegistry = ProviderRegistry & { readonly replace: (next: ProviderRegistry) => void };

export function currentRegistry(first: ProviderRegistry): CurrentRegistry {
  let now = first;
  return {
    get protocols() {
      return now.protocols;
    },
    get providers() {
      return now.providers;
    },
    get remedies() {
      return now.remedies;
    },
    find: (...asked) => now.find(...asked),
    method: (...asked) => now.method(...asked),
    methodsOf: (protocol) => now.methodsOf(protocol),
    check: (...asked) => now.check(...asked),
    closeAll: () => now.closeAll(),
    replace: (next) => {
      now = next;
    },
  };
}
