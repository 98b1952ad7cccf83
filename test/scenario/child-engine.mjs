// The compiled engine on the store given, as the programs that scenarios start and kill have it.
import { basename, dirname, join } from "node:path";
import { sqliteIncarnations, sqliteStore } from "../../dist/adapters/event-store/index.js";
import { celExpressions } from "../../dist/adapters/expressions/index.js";
import { luxonZones, sha256, systemClock, systemRandom } from "../../dist/adapters/host/index.js";
import { fileKeys, memorySubjectKeys } from "../../dist/adapters/keys/index.js";
import { echoProvider } from "../../dist/adapters/providers/echo/index.js";
import { DEFAULT_LIMITS, openEngine, providerRegistry } from "../../dist/engine/index.js";

/** `close` in order: what runs is left resumable. */
export async function childEngine(path) {
  const quiet = () => undefined;
  const random = systemRandom();
  const own = random.eventId();
  const beside = (kind) => join(dirname(path), kind, basename(path));
  const store = await sqliteStore({ path, random: () => random.fraction() });
  const incarnations = await sqliteIncarnations({ directory: beside("owners"), own });
  const engine = openEngine({
    ...store,
    incarnations,
    registry: providerRegistry([echoProvider()]),
    files: { capture: async () => [] },
    globMatches: () => false,
    clock: systemClock(),
    zones: luxonZones(),
    expressions: async () => celExpressions(),
    random,
    sha256,
    keys: await fileKeys({ folder: beside("keys"), isUsed: async () => false }),
    seals: memorySubjectKeys(),
    log: {
      debug: quiet,
      info: quiet,
      warn: quiet,
      error: (_, message) => process.stderr.write(`${message}\n`),
    },
    limits: DEFAULT_LIMITS,
  });
  const close = async () => {
    await engine.close();
    await incarnations.close();
    await store.close();
  };
  return { engine, close };
}
