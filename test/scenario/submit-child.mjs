// Submits so many runs to the store given, and leaves them to whoever works on it. Started by workers.test.ts.
import { basename, dirname, join } from "node:path";
import { sqliteIncarnations, sqliteStore } from "../../dist/adapters/event-store/index.js";
import { celExpressions } from "../../dist/adapters/expressions/index.js";
import { luxonZones, sha256, systemClock, systemRandom } from "../../dist/adapters/host/index.js";
import { fileKeys } from "../../dist/adapters/keys/index.js";
import { echoProvider } from "../../dist/adapters/providers/echo/index.js";
import { DEFAULT_LIMITS, openEngine, providerRegistry } from "../../dist/engine/index.js";

const [path, prefix, count] = process.argv.slice(2);
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
  log: {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (_, message) => process.stderr.write(`${message}\n`),
  },
  limits: DEFAULT_LIMITS,
});
const definition = {
  name: "Errand",
  tasks: [
    { id: "go", method: "echo/echo", params: { message: "there" } },
    { id: "rest", wait: { for: 0.05 }, dependencies: ["go"] },
    {
      id: "back",
      method: "echo/echo",
      params: { message: "${go.message} and back" },
      dependencies: ["rest"],
    },
  ],
};
for (let i = 0; i < Number(count); i += 1) {
  const request = { tenant: "main", definition, inputs: {}, files: [], name: `${prefix}-${i}` };
  const { run } = await engine.submit(request, { type: "cli", id: "test" });
  process.stdout.write(`${run}\n`);
}
await engine.close();
await incarnations.close();
await store.close();
