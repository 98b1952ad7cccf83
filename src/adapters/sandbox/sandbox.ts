// Scripts as tasks in locked-down children of this process.
import type { Clock, Log, Processes, Sandbox } from "../../engine/ports/index.ts";
import { children } from "./children.ts";
import { missingLayers } from "./layers.ts";
import { limitsOf } from "./limits.ts";
import { scriptProvider } from "./script-provider.ts";

export type SandboxOptions = {
  readonly processes: Processes;
  readonly clock: Clock;
  readonly log: Log;
  /** Where memory images are kept between processes; without it every interpreter starts cold. */
  readonly cacheFolder?: string;
};

export const sandbox =
  (options: SandboxOptions): Sandbox =>
  (language, { isolation = "run", limits: given, ...wanted }) => {
    const limits = limitsOf(given);
    const family = children({ ...options, language, limits });
    const { clock } = options;
    return scriptProvider(language, family, {
      ...wanted,
      clock,
      limits,
      isolation,
      madeToMeasure: false,
      missing: missingLayers,
    });
  };
