// The composition root of the command line, read like a parts list. What is heavy is loaded when a command asks for it.
import type { Globals, Parts } from "./adapters/cli/index.ts";
import * as config from "./adapters/config/index.ts";
import { answersOf } from "./compose/answers.ts";
import { auditingBy, verifyBundle } from "./compose/audit/audit.ts";
import { cassettesFrom, exportingOf } from "./compose/audit/exporting.ts";
import { base } from "./compose/base.ts";
import { checkupsOf } from "./compose/checkups.ts";
import { documentsOf } from "./compose/documents/documents.ts";
import { enginesOf } from "./compose/engine.ts";
import { cassettesOf } from "./compose/providers/cassettes.ts";
import { conformanceOf } from "./compose/providers/conformance.ts";
import { undeclaredDaemon } from "./compose/providers/containers.ts";
import { discoveredServers, drained } from "./compose/providers/instances.ts";
import { providersOf } from "./compose/providers/providers.ts";
import { reloadWhileOpen } from "./compose/reloading.ts";
import { throughServer } from "./compose/remote.ts";
import { outsidesOf } from "./compose/secrets.ts";
import { settingsDeskOf } from "./compose/settings.ts";
import { storeKeeping } from "./compose/store/keeping.ts";
import { retentionOf } from "./compose/store/retention.ts";
import { webhooksOf } from "./compose/webhooks.ts";
import { GleitzeitError } from "./domain/index.ts";
import { checkSecrets, holdsDocument, persons } from "./engine/index.ts";
import { once } from "./lifetime.ts";

export type Outside = config.Places & {
  readonly version: string;
  readonly nodeVersion: string;
  readonly platform: string;
  /** Of the operating system. */
  readonly user: string;
  readonly log: (line: string) => void;
  /** Calls back when an operator asks for the configuration to be read again; answers how to stop that. */
  readonly onReload?: (asked: () => void) => () => void;
};

export function compose(outside: Outside, globals: Globals): Parts {
  const { cassette } = globals;
  const who = { type: "cli", name: outside.user } as const;
  const parts = base({ ...outside, who, ...(cassette && { cassette }) }, flagsOf(globals));
  const { clock, closing, random, settings } = parts;
  const outsides = outsidesOf(parts);
  const cassettes = cassettesOf(parts);
  const provided = providersOf(parts, outsides, () => events(), cassettes);
  const { registry: providers, ready } = provided;
  const documents = documentsOf(parts, providers, () => reading(), outsides);
  const engines = enginesOf(parts, providers, documents, outsides, cassettes);
  const { store, reading, replaying, events, driving } = engines;
  const { change } = provided;
  const reloading = once(async () => {
    const { engine } = await driving();
    return reloadWhileOpen(parts, { change, resize: (slots) => engine.resize(slots) });
  });
  const webhooks = webhooksOf(parts);
  const retention = retentionOf(parts, { reading, driving });
  const { check, imported, workflow, workflowNamed, registration, written, request } = documents;
  const auditing = once(async () =>
    (await auditingBy(parts, { reading, driving }))(async () => (await driving()).actor),
  );
  const desk = async (write: boolean) => settingsDeskOf(parts, await (write ? driving() : reading()));
  const exporting = exportingOf(parts, reading, auditing);
  const server = serverIn(outside, globals);
  const key = outside.env.GLEITZEIT_API_KEY || undefined;
  const local: Parts = {
    clock,
    configuration: async () => {
      const found = await settings();
      return { home: found.home, file: found.file, settings: config.shown(found) };
    },
    checkConfiguration: async (named) => {
      const file = named ?? (await settings()).file;
      if (file === undefined) return { file, problems: [] };
      return { file, problems: await config.checkFile(file, await schemaProblem()) };
    },
    configurationFiles: () => config.configurationFiles(outside),
    migratedConfiguration: (named) => config.migrated(outside, named),
    changedConfiguration: (setting, value) => config.changed(outside, setting, value),
    providers,
    conformance: (target) => conformanceOf(parts, provided, target),
    drain: (request) => drained(parts, driving, request),
    discovered: () => discoveredServers(parts),
    check,
    imported,
    workflow,
    workflowNamed,
    written,
    request,
    checkSecrets: (asked) => checkSecrets(asked, outsides.secrets),
    ready: async (asked) => {
      if (!cassettes.isPlaying) await checkSecrets(asked, outsides.secrets);
      await ready(asked.definition);
    },
    reading,
    replaying,
    driving: async () => {
      const opened = await driving();
      if (!cassettes.isPlaying) await reloading();
      return opened;
    },
    keeping: async () => {
      const { workingFolder } = outside;
      const { store: url, home } = await settings();
      return storeKeeping({ url, home, workingFolder, random, log: await parts.log(), reading });
    },
    webhooks: async (write) => {
      const opened = write ? await driving() : await reading();
      return webhooks.access(opened, async () => (await driving()).actor);
    },
    deliverWebhooks: async (stop) => {
      const opened = await driving();
      await webhooks.deliver(opened, await opened.incarnations(), stop);
    },
    auditing,
    exporting: { ...exporting, cassette: cassettesFrom(parts, exporting.calls) },
    persons: async () => {
      const opened = await driving();
      return persons(opened, opened.actor);
    },
    holds: async () => {
      const { store: kept, tenant } = await reading();
      return holdsDocument(kept.events, tenant);
    },
    retention: () => retention,
    retainRegularly: retention.regularly,
    answers: answersOf({ clock, reading, driving, auditing, settings: () => desk(false), registration }),
    verifyBundle,
    vault: outsides.vault,
    keyring: async (write) => {
      const { keyring } = await import("./adapters/access/index.ts");
      const opened = await (write ? driving() : reading());
      const { store: kept, tenant, nameOf, remember } = opened;
      return keyring({ events: kept.events, tenant, clock, random, nameOf, remember });
    },
    settings: desk,
    serve: async (asked) => {
      const { serve } = await import("./compose/serve.ts");
      return serve({ base: parts, outsides, registry: providers, reading, driving, retention }, asked);
    },
    checkups: () =>
      checkupsOf(
        outside,
        settings,
        () => store(true),
        providers,
        () => undeclaredDaemon(parts),
      ),
    close: closing.close,
  };
  if (server === undefined) return local;
  return { ...local, ...throughServer({ base: parts, server, key, registry: providers }) };
}

/** Somebody who names a store means that one. */
const serverIn = ({ env }: Outside, { server, store, isHere }: Globals): string | undefined =>
  isHere || store !== undefined ? undefined : (server ?? (env.GLEITZEIT_SERVER || undefined));

const flagsOf = ({ store, verbose, quiet }: Globals): config.Flags => ({
  ...(store !== undefined && { store }),
  ...(verbose ? { logLevel: "debug" } : quiet ? { logLevel: "error" } : {}),
});

const schemaProblem = async (): Promise<config.SchemaProblem> => {
  const { valueCheck } = await import("./adapters/json-schemas/index.ts");
  return (schema) => {
    try {
      valueCheck(schema);
      return undefined;
    } catch (error) {
      if (error instanceof GleitzeitError) return error.message;
      throw error;
    }
  };
};
