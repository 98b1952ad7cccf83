// Tells the providers, once, that runs are about to be driven. Nobody waits for what they do about it.
import type { Kit } from "../host.ts";

export function beginning({ registry, log }: Pick<Kit, "registry" | "log">): () => void {
  let isTold = false;
  return () => {
    if (isTold) return;
    isTold = true;
    for (const provider of registry.providers) {
      void provider.begin?.().catch((error: unknown) => {
        log.debug(
          { provider: provider.name, error: asError(error) },
          "what was left behind could not be looked for",
        );
      });
    }
  };
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
