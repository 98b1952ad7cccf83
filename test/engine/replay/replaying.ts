// Replays of runs that a rig has recorded, with the rig's own surroundings of today.
import { createHash } from "node:crypto";
import { celExpressions } from "../../../src/adapters/expressions/index.ts";
import { luxonZones } from "../../../src/adapters/host/index.ts";
import { memorySubjectKeys } from "../../../src/adapters/keys/index.ts";
import type { RunId } from "../../../src/domain/index.ts";
import { DEFAULT_LIMITS } from "../../../src/engine/host.ts";
import type { Provider, Store } from "../../../src/engine/ports/index.ts";
import { providerRegistry } from "../../../src/engine/providers/registry.ts";
import type { StubReplay } from "../../../src/engine/replay/divergence.ts";
import type { ReplayHost } from "../../../src/engine/replay/outside.ts";
import { type ReplayOptions, replayRun } from "../../../src/engine/replay/replay-run.ts";
import { KEYS, scripted, TENANT } from "../rig.ts";

export const replayHost = (store: Store, providers: readonly Provider[] = [scripted()]): ReplayHost => ({
  store: { ...store, seals: memorySubjectKeys() },
  tenant: TENANT,
  registry: providerRegistry(providers),
  expressions: async () => celExpressions(),
  globMatches: () => false,
  zones: luxonZones(),
  sha256: (bytes) => createHash("sha256").update(bytes).digest("hex"),
  keys: KEYS,
  environment: {},
  limits: DEFAULT_LIMITS,
});

export const replayed = (store: Store, run: RunId, options: ReplayOptions = {}): Promise<StubReplay> =>
  replayRun(replayHost(store), run, options);
