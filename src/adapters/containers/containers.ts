// Containers of one daemon: counted, removed in the end, and those that a dead process left behind swept up first.
import { asError, GleitzeitError } from "../../domain/index.ts";
import type {
  Clock,
  Container,
  ContainerProgram,
  Containers,
  Log,
  Random,
} from "../../engine/ports/index.ts";
import { abilities, checkAbilities } from "./abilities.ts";
import { daemon as daemonAt } from "./daemon.ts";
import { type Own, sweptLeftovers } from "./leftovers.ts";
import { removed } from "./removed.ts";
import { started } from "./started.ts";
import type { Sizes } from "./template.ts";

export type ContainersOptions = Sizes & {
  readonly address: string;
  readonly clock: Clock;
  readonly random: Pick<Random, "eventId">;
  readonly log: Log;
  /** Asked once, before the first container is made. */
  readonly own: () => Promise<Own>;
};

export function containers({ address, clock, random, log, own, ...sizes }: ContainersOptions): Containers {
  const daemon = daemonAt(address, clock);
  const owed = new Set<string>();
  const starting = new Set<Promise<Container>>();
  const alive = new Set<Container>();
  const sweeping = new Set<Promise<number>>();
  let prepared: Promise<Own> | undefined;
  let isClosed = false;

  const kit = {
    daemon,
    clock,
    log,
    sizes,
    owe: (name: string, error: Error) => {
      owed.add(name);
      log.warn({ container: name, error }, "a container could not be removed yet");
    },
  };

  async function prepare(): Promise<Own> {
    await checkAbilities(daemon);
    const maker = await own();
    await swept(maker);
    return maker;
  }

  async function swept(maker: Own): Promise<number> {
    const count = await sweptLeftovers(daemon, maker);
    if (count > 0) log.info({ count }, "containers that a process left behind were removed");
    return count;
  }

  async function settle(): Promise<void> {
    for (const name of [...owed]) {
      owed.delete(name);
      await removed(daemon, name).catch((error: unknown) => kit.owe(name, asError(error)));
    }
  }

  async function start(program: ContainerProgram): Promise<Container> {
    try {
      prepared ??= prepare();
      const maker = await prepared;
      await settle();
      const container = await started({ ...kit, maker }, `gleitzeit-${random.eventId()}`, program);
      alive.add(container);
      void container.ended.then(() => alive.delete(container));
      return container;
    } catch (error) {
      prepared = undefined; // it may be another daemon the next time, or one that was set up better
      throw error;
    }
  }

  return {
    async start(program) {
      if (isClosed) throw new GleitzeitError("SYSTEM_SHUTDOWN", "no container is started: closing down");
      const begun = start(program);
      starting.add(begun);
      return begun.finally(() => starting.delete(begun));
    },
    health: () => abilities(daemon),
    async sweep() {
      if (isClosed) return 0;
      const count = (async () => swept(await own()))();
      sweeping.add(count);
      return count.finally(() => sweeping.delete(count));
    },
    living: () => alive.size + starting.size,
    async close() {
      isClosed = true;
      await Promise.allSettled([...starting, ...sweeping]);
      await Promise.all([...alive].map((container) => container.kill()));
      await settle();
    },
  };
}
