// Containers as this process would have them, on any daemon.
import { type ContainersOptions, containers } from "../../../src/adapters/containers/index.ts";
import { systemClock, systemRandom } from "../../../src/adapters/host/index.ts";
import type { Containers } from "../../../src/engine/ports/index.ts";
import { silent } from "../providers/call-context.ts";

export const opened = (address: string, given: Partial<ContainersOptions> = {}): Containers =>
  containers({
    address,
    clock: systemClock(),
    random: systemRandom(),
    log: silent,
    memoryBytes: 64 * 1024 ** 2,
    cpus: 0.5,
    diskBytes: 4 * 1024 ** 2,
    own: async () => ({
      installation: "this-installation",
      worker: "this-process",
      isAlive: async () => false,
    }),
    ...given,
  });
