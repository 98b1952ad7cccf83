// A store and an engine on it: opened to read, or to drive runs; one connection to the file at a time.
import * as config from "../adapters/config/index.ts";
import { sha256 } from "../adapters/host/index.ts";
import * as engine from "../engine/index.ts";
import { closers, once } from "../lifetime.ts";
import type { OpenStore } from "../open-store.ts";
import { signWhileOpen } from "./audit/audit.ts";
import { actorOf, type Base } from "./base.ts";
import type { Documents } from "./documents/documents.ts";
import type { Cassettes } from "./providers/cassettes.ts";
import type { Outsides } from "./secrets.ts";
import { openStore } from "./store/store.ts";

export type Engines = {
  readonly store: (write: boolean) => Promise<OpenStore>;
  /** The log as it is; nothing is made that is not there. */
  readonly reading: () => Promise<OpenStore>;
  /** What decides its runs again without reaching outside. */
  readonly replaying: () => Promise<engine.ReplayHost>;
  /** The log, as it is open already or else to be read. */
  readonly events: () => Promise<engine.EventStore>;
  /** An engine on the store, which is made when it is not there. */
  readonly driving: () => Promise<engine.Driving & OpenStore & { readonly engine: engine.OwnEngine }>;
};

export function enginesOf(
  base: Base,
  registry: () => Promise<engine.ProviderRegistry>,
  { files, expressions }: Documents,
  { secrets, environment }: Pick<Outsides, "secrets" | "environment">,
  cassettes: Cassettes,
): Engines {
  const { outside, clock, random, zones, own, closing, settings, log } = base;
  const store = async (write: boolean, closeWith = closing) => {
    const { store: url, home, folder, values } = await settings();
    const { encryption, key_encryption: keyEncryption } = values;
    const sealing = { isAll: encryption === "tenant", keyEncryption, folder, env: outside.env };
    return openStore({ url, home, clock, random, log: await log(), own, sealing, write }, closeWith);
  };
  const reader = closers();
  const reading = once(() =>
    store(
      false,
      closing.add(reader, (one) => one.close()),
    ),
  );
  const limits = async (): Promise<engine.EngineLimits> => {
    const { values } = await settings();
    return {
      ...engine.DEFAULT_LIMITS,
      slots: values.execution.max_parallel_tasks,
      taskTimeoutMs: config.millisIn(values.execution.default_timeout),
      resultBytes: config.bytesIn(values.limits.result),
    };
  };
  const driving = once(async () => {
    await reader.close();
    const part = await store(true);
    const { capture, globMatches } = await files();
    const keys = await part.keys();
    const cassette = await cassettes.opened();
    const incarnations = await part.incarnations();
    await signWhileOpen(base, part);
    const opened = engine.openEngine({
      ...part.store,
      incarnations,
      registry: await registry(),
      ...(cassette && { cassette }),
      files: capture,
      globMatches,
      ...(part.snapshots && { snapshots: await part.snapshots() }),
      expressions,
      clock,
      zones,
      random,
      sha256,
      keys,
      names: part.names,
      secrets,
      environment: await environment(),
      readModels: part.readModels,
      configuredFlags: async () => (await settings()).values.flags,
      log: await log(),
      limits: await limits(),
    });
    closing.add(opened, (one) => one.close());
    const actor = await actorOf(outside.who, keys, part);
    return { ...part, exists: true, engine: opened, actor };
  });
  let isDriving = false;
  const open = () => (isDriving ? driving() : reading());
  const replaying = async (): Promise<engine.ReplayHost> => {
    const part = await open();
    return {
      store: part.store,
      tenant: part.tenant,
      registry: await registry(),
      globMatches: (await files()).globMatches,
      expressions,
      zones,
      sha256,
      keys: await part.keys(),
      environment: await environment(),
      limits: await limits(),
    };
  };

  return {
    store,
    reading: open,
    replaying,
    events: async () => (await open()).store.events,
    driving: () => {
      isDriving = true;
      return driving();
    },
  };
}
