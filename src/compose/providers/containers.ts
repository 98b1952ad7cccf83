// Docker daemons that the configuration declares: programs in their containers, and where Python scripts may run.
import { join } from "node:path";
import * as config from "../../adapters/config/index.ts";
import { GleitzeitError, Incarnation } from "../../domain/index.ts";
import type { CommandSandbox, Containers, Provider, ScriptOptions } from "../../engine/index.ts";
import { type Closers, closers, once } from "../../lifetime.ts";
import type { Base } from "../base.ts";

export type Docker = {
  readonly name: string;
  readonly settings: config.DockerSettings;
  readonly containers: () => Promise<Containers>;
};

/** One for each that is declared, whoever uses it. */
export type Dockers = {
  readonly of: (name: string, settings: config.DockerSettings) => Docker;
  /** The first that the configuration declared when this process began. */
  readonly first: () => Promise<Docker | undefined>;
};

export function dockersOf(base: Base): Dockers {
  // Opened when they are first needed, and closed after whoever uses them: the locks last of all.
  const locks = base.closing.add(closers(), (all) => all.close());
  const closing = base.closing.add(closers(), (all) => all.close());
  const own = once(() => ownership(base, locks));
  const known = new Map<string, Docker>();
  const of: Dockers["of"] = (name, settings) => {
    const key = JSON.stringify([name, settings]);
    const found = known.get(key);
    if (found) return found;
    const made = { name, settings, containers: once(() => opened({ ...base, closing }, settings, own)) };
    known.set(key, made);
    return made;
  };
  return {
    of,
    first: async () => {
      const { values } = await base.settings();
      for (const [name, settings] of Object.entries(values.providers))
        if (settings.type === "docker") return of(name, settings);
      return undefined;
    },
  };
}

type Own = ReturnType<typeof ownership>;

async function opened(base: Base, settings: config.DockerSettings, own: () => Own): Promise<Containers> {
  const { containers } = await import("../../adapters/containers/index.ts");
  const { clock, random, closing } = base;
  const { address, problem } = config.dockerAddress(settings.host, base.outside.env);
  if (address === undefined) throw new GleitzeitError("CONFIGURATION_ERROR", problem);
  const made = containers({
    address,
    clock,
    random,
    log: await base.log(),
    memoryBytes: config.bytesIn(settings.memory),
    cpus: settings.cpus,
    diskBytes: config.bytesIn(settings.disk),
    own,
  });
  return closing.add(made, (one) => one.close());
}

/** Whose containers these are, and which of the processes that made some live: their locks lie in the home. */
async function ownership({ settings, own, random }: Base, closing: Closers) {
  const { home } = await settings();
  const directory = join(home, "containers");
  const { installationId } = await import("../../adapters/containers/index.ts");
  const { sqliteIncarnations } = await import("../../adapters/event-store/index.ts");
  const installation = await installationId(join(directory, "installation"), () => random.eventId());
  const held = closing.add(await sqliteIncarnations({ directory, own }), (one) => one.close());
  return {
    installation,
    worker: own,
    isAlive: async (worker: string) => {
      const found = Incarnation.safeParse(worker);
      return found.success && held.isAlive(found.data);
    },
  };
}

/** For `doctor`, where no provider is declared: what could be. */
export async function undeclaredDaemon(base: Base): Promise<string | undefined> {
  const { values } = await base.settings();
  if (Object.values(values.providers).some(({ type }) => type === "docker")) return undefined;
  const { address, problem } = config.dockerAddress(undefined, base.outside.env);
  if (address === undefined) return problem;
  const { daemonHealth } = await import("../../adapters/containers/index.ts");
  const { status, detail = address } = await daemonHealth(address, base.clock);
  const found = status === "healthy" ? `${detail} could be used: declare it` : detail;
  return `no provider of type docker is declared; ${found}`;
}

export async function dockerProvider(base: Base, { name, settings, containers }: Docker): Promise<Provider> {
  const { containerProvider } = await import("../../adapters/providers/container/index.ts");
  const { limits } = (await base.settings()).values;
  const collectedBytes = config.bytesIn(limits.result);
  return containerProvider({
    name,
    image: settings.image,
    ...(settings.images && { images: settings.images }),
    concurrent: settings.max_concurrent,
    containers: lazy(containers),
    clock: base.clock,
    mark: () => `<${base.random.eventId()}>`,
    limits: {
      keepBytes: config.bytesIn(limits.output),
      floodBytes: FLOOD,
      archiveBytes: 2 * collectedBytes,
      collectedBytes,
      memoryBytes: config.bytesIn(settings.memory),
    },
  });
}

const FLOOD = 64 * 1024 * 1024;

/** The client of the daemon is loaded by the first call that needs it. */
function lazy(containers: Docker["containers"]): Containers {
  return {
    start: async (program) => (await containers()).start(program),
    health: async () => (await containers()).health(),
    sweep: async () => (await containers()).sweep(),
    living: () => 0, // nobody asks before it is there
    close: async () => undefined, // with everything else that was opened
  };
}

/** For Python scripts: each in a container of the first declared daemon, kept ready where it has a pool. */
export async function dockerScripts({ clock }: Base, docker: Docker): Promise<Elsewhere> {
  const { commandSandbox } = await import("../../adapters/sandbox/index.ts");
  const { CONTAINER_LAYERS } = await import("../../adapters/providers/python/index.ts");
  const { settings, containers } = docker;
  const sandbox = commandSandbox({
    clock,
    needs: CONTAINER_LAYERS,
    start: async (script) => {
      const { image, ...container } = await (await containers()).start({ ...script, image: settings.image });
      return { ...container, instance: image };
    },
  });
  return { sandbox, options: { interpreters: settings.max_concurrent, spares: settings.pool } };
}

type Elsewhere = { readonly sandbox: CommandSandbox; readonly options: ScriptOptions };
