// Runs twenty named runs at once on the store given, goes on with those that are there, and says `done` at the end.
// Started and killed by many-runs.test.ts, on the compiled engine.
import { dirname, join } from "node:path";
import { sqliteIncarnations, sqliteStore } from "../../dist/adapters/event-store/index.js";
import { celExpressions } from "../../dist/adapters/expressions/index.js";
import { luxonZones, sha256, systemClock, systemRandom } from "../../dist/adapters/host/index.js";
import { fileKeys } from "../../dist/adapters/keys/index.js";
import { echoProvider } from "../../dist/adapters/providers/echo/index.js";
import { DEFAULT_LIMITS, openEngine, providerRegistry } from "../../dist/engine/index.js";

const [path, prefix] = process.argv.slice(2);
const actor = { type: "cli", id: "test" };
const quiet = () => undefined;
const random = systemRandom();
const own = random.eventId();
const store = await sqliteStore({ path, random: () => random.fraction() });
const incarnations = await sqliteIncarnations({ directory: join(dirname(path), "owners"), own });
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
  keys: await fileKeys({ folder: join(dirname(path), "keys"), isUsed: async () => false }),
  log: {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (_, message) => process.stderr.write(`${message}\n`),
  },
  limits: DEFAULT_LIMITS,
});
engine.live.subscribe(({ event }) => {
  if (event.type === "TaskSucceeded") process.stdout.write(".\n");
});

const definition = {
  name: "Many",
  tasks: [
    { id: "source", method: "echo/echo", params: { message: "go", n: 1 } },
    ...[0, 1, 2].map((i) => ({
      id: `branch${i}`,
      method: "echo/echo",
      params: { message: "${source.n}", i },
    })),
    ...Array.from({ length: 8 }, (_, i) => ({
      id: `link${i}`,
      method: "echo/echo",
      params: { message: i === 0 ? "${branch0.i}${branch1.i}${branch2.i}" : `\${link${i - 1}.message}+` },
    })),
  ],
};

await Promise.all(
  Array.from({ length: 20 }, async (_, i) => {
    const request = { tenant: "main", definition, inputs: {}, files: [], name: `${prefix}-${i}` };
    const { run, end } = await engine.run(request, actor);
    await (end ?? engine.drive(run, "main", actor));
  }),
);
await engine.close();
await incarnations.close();
await store.close();
process.stdout.write("done\n");
