// Tells the providers, once, that runs are about to be driven, and has erasures done that a process left undone when it died.
// Nobody waits for either but who closes the engine.
import { asError } from "../../domain/index.ts";
import type { Kit } from "../host.ts";

export type Beginning = {
  readonly begin: (tenant: string) => void;
  readonly settled: () => Promise<unknown>;
};

export function beginning(
  { registry, log }: Pick<Kit, "registry" | "log">,
  settle: (tenant: string) => Promise<void>,
): Beginning {
  let isTold = false;
  const settling = new Map<string, Promise<void>>();
  const begin: Beginning["begin"] = (tenant) => {
    if (!settling.has(tenant)) {
      const settled = settle(tenant).catch((error: unknown) => {
        log.error({ error: asError(error) }, "an erasure that was asked for is still to be done");
      });
      settling.set(tenant, settled);
    }
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
  return { begin, settled: () => Promise.all(settling.values()) };
}
