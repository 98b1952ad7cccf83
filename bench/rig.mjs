// The real engine on a real store file, with the no-op provider: what the figures are measured on.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqliteStore } from "../dist/adapters/event-store/index.js";
import { celExpressions } from "../dist/adapters/expressions/index.js";
import { luxonZones, sha256, systemClock, systemRandom } from "../dist/adapters/host/index.js";
import { memoryKeys, memorySubjectKeys } from "../dist/adapters/keys/index.js";
import { echoProvider } from "../dist/adapters/providers/echo/index.js";
import { openEngine } from "../dist/engine/engine.js";
import { DEFAULT_LIMITS } from "../dist/engine/host.js";
import { providerRegistry } from "../dist/engine/providers/registry.js";

const quiet = () => undefined;
export const ACTOR = { type: "cli", id: "bench" };

/** Opens a fresh store in a temporary folder; `close` removes it again. */
export async function rig({ slots = DEFAULT_LIMITS.slots } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "gleitzeit-bench-"));
  const path = join(folder, "bench.db");
  const store = await sqliteStore({ path, random: Math.random });
  const own = randomUUID();
  const random = systemRandom();
  const engine = openEngine({
    events: store.events,
    blobs: store.blobs,
    incarnations: { own, isAlive: async (other) => other === own, close: async () => undefined },
    registry: providerRegistry([echoProvider()]),
    files: { capture: async () => [] },
    globMatches: () => false,
    clock: systemClock(),
    zones: luxonZones(),
    expressions: async () => celExpressions(),
    random,
    sha256,
    keys: memoryKeys(),
    seals: memorySubjectKeys(),
    log: { debug: quiet, info: quiet, warn: console.error, error: console.error },
    limits: { ...DEFAULT_LIMITS, slots },
  });
  const run = (definition) => engine.run({ tenant: "main", definition, inputs: {}, files: [] }, ACTOR);
  const close = async () => {
    await engine.close();
    await store.close();
    await rm(folder, { recursive: true });
  };
  return { engine, store, folder, path, run, close };
}

/** Tasks in a row, each after the one before. */
export const chain = (steps) => ({
  name: "chain",
  tasks: Array.from({ length: steps }, (_, i) => ({
    id: `t${i}`,
    method: "echo/echo",
    params: { message: "hello" },
    ...(i > 0 && { dependencies: [`t${i - 1}`] }),
  })),
});

export const percentile = (numbers, p) =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * p))] ?? 0;
export const median = (numbers) => percentile(numbers, 0.5);
