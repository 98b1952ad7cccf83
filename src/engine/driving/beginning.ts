// Tells the providers, once, that runs are about to be driven. Nobody waits for what they do about it.
import { asError } from "../../domain/index.ts";
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
