// The composition root, read like a parts list. What is heavy is loaded when a command asks for it.
import { basename, dirname, resolve } from "node:path";
import type { Driving, Globals, Parts } from "./adapters/cli/index.ts";
import * as config from "./adapters/config/index.ts";
import { luxonZones, sha256, systemClock, systemRandom } from "./adapters/host/index.ts";
import { pinoLog } from "./adapters/telemetry/index.ts";
import { checkupsOf } from "./compose-checkups.ts";
import { storeKeeping } from "./compose-keeping.ts";
import { scripts } from "./compose-scripts.ts";
import { openStore } from "./compose-store.ts";
import { Incarnation, isBatch, TENANT_MAIN } from "./domain/index.ts";
import * as engine from "./engine/index.ts";
import { closers, once } from "./lifetime.ts";

export type Outside = config.Places & {
  readonly version: string;
  readonly nodeVersion: string;
  readonly platform: string;
  /** Of the operating system. */
  readonly user: string;
  readonly log: (line: string) => void;
};

export function compose(outside: Outside, globals: Globals): Parts {
  const clock = systemClock();
  const random = systemRandom();
  const zones = luxonZones();
  const own = Incarnation.parse(random.eventId());
  const closing = closers();
  const settings = once(() => config.loadSettings(outside, flagsOf(globals)));
  const log = once(async () => pinoLog((await settings()).values.log_level, outside.log));
  const folders = (document: string): engine.Folders => ({
    document: dirname(resolve(outside.workingFolder, document)),
    working: outside.workingFolder,
  });

  const processes = once(async () => {
    const { processGroups } = await import("./adapters/processes/index.ts");
    return closing.add(processGroups(), (groups) => groups.closeAll());
  });
  const files = once(async () => {
    const { fileCapture, globMatches, listBatch } = await import("./adapters/files/index.ts");
    const maxBytes = config.bytesIn((await settings()).values.limits.files);
    return { capture: fileCapture({ maxBytes }), globMatches, listBatch };
  });
  const expressions = once(async () => (await import("./adapters/expressions/index.ts")).celExpressions());
  const documents = once(() => import("./adapters/documents/index.ts"));
  const document = async (path: string) => {
    const maxBytes = config.bytesIn((await settings()).values.limits.document);
    const catalog = engine.catalogOf(await providers(), zones);
    return (await documents()).loadDocument(path, { catalog, expressions, maxBytes });
  };

  const spoken = scripts({ settings, processes, log, clock });
  const providers = once(async () => {
    const { echoProvider } = await import("./adapters/providers/echo/index.ts");
    const { mcpProvider } = await import("./adapters/providers/mcp/index.ts");
    const { version } = outside;
    const registry = engine.providerRegistry([
      echoProvider(),
      mcpProvider({ version }),
      ...(await spoken.providers()),
    ]);
    return closing.add(registry, (all) => all.closeAll());
  });

  const store = async (write: boolean, closeWith = closing) => {
    const { store: url, home } = await settings();
    return openStore({ url, home, clock, random, log: await log(), own, write }, closeWith);
  };
  const reader = closers();
  const reading = once(() =>
    store(
      false,
      closing.add(reader, (one) => one.close()),
    ),
  );

  const driving = once(async (): Promise<Driving> => {
    await reader.close(); // one connection to the file at a time
    const part = await store(true);
    const { values } = await settings();
    const { capture, globMatches } = await files();
    const keys = await part.keys();
    const opened = engine.openEngine({
      ...part.store,
      incarnations: await part.incarnations(),
      registry: await providers(),
      files: capture,
      globMatches,
      expressions,
      clock,
      zones,
      random,
      sha256,
      keys,
      log: await log(),
      limits: {
        ...engine.DEFAULT_LIMITS,
        slots: values.execution.max_parallel_tasks,
        taskTimeoutMs: config.millisIn(values.execution.default_timeout),
        resultBytes: config.bytesIn(values.limits.result),
      },
    });
    const actor = { type: "cli", id: engine.actorId(keys, part.tenant, outside.user) } as const;
    await part.remember(actor, outside.user);
    return { ...part, engine: closing.add(opened, (one) => one.close()), actor };
  });
  let isDriving = false;

  return {
    clock,
    configuration: async () => {
      const found = await settings();
      return { home: found.home, file: found.file, settings: config.shown(found) };
    },
    checkConfiguration: async (named) => {
      if (named !== undefined) return { file: named, problems: await config.checkFile(named) };
      return { file: (await settings()).file, problems: [] };
    },
    configurationFiles: () => config.configurationFiles(outside),
    providers,
    check: async (path) => (await document(path)).problems,
    workflow: async (path) => {
      const { validDefinition } = await documents();
      const found = await document(path);
      return { path, bytes: found.bytes, definition: validDefinition(found) };
    },
    written: async (path, given) => {
      const { parseDocument, validDefinition } = await documents();
      const text = JSON.stringify(given);
      const catalog = engine.catalogOf(await providers(), zones);
      const read = parseDocument(text, "json", { file: path, catalog });
      const bytes = new TextEncoder().encode(text);
      return { path, bytes, definition: validDefinition({ path, bytes, text, ...read }) };
    },
    request: async ({ path, bytes, definition }, given) => {
      const { capture, listBatch } = await files();
      const kit = { registry: await providers(), files: capture };
      const where = folders(path);
      const batchFiles = isBatch(definition) ? await listBatch(where, definition.batch ?? {}) : undefined;
      return {
        tenant: TENANT_MAIN,
        definition,
        source: engine.capturedText(basename(path), bytes, sha256),
        files: await engine.capturedFor(kit, where, definition, batchFiles),
        ...(batchFiles && { batchFiles }),
        folders: where,
        ...given,
      };
    },
    ready: async ({ definition }) => {
      await spoken.warm(definition).catch(async (error: unknown) => {
        (await log()).warn({ error: asError(error) }, "no interpreter could be started ahead of the run");
      });
    },
    reading: () => (isDriving ? driving() : reading()),
    driving: () => {
      isDriving = true;
      return driving();
    },
    keeping: async () => {
      const { workingFolder } = outside;
      return storeKeeping({ url: (await settings()).store, workingFolder, random, reading });
    },
    checkups: () => checkupsOf(outside, settings, () => store(true), providers),
    close: closing.close,
  };
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

const flagsOf = ({ store, verbose, quiet }: Globals): config.Flags => ({
  ...(store !== undefined && { store }),
  ...(verbose ? { logLevel: "debug" } : quiet ? { logLevel: "error" } : {}),
});
