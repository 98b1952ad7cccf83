// How a provider's instances stand, kept in its stream together with everybody else who writes there.
//
// 1. What happens here counts at once and is written behind it, in order: a call does not wait for the store.
// 2. What others wrote comes first where the two meet, and what is not written yet is folded onto it.
// 3. A store that cannot be written to stops no calls: it is said, and tried again with the next thing that happens.
// 4. While calls are made, what others wrote is looked for every second, which is one short read.
import {
  asError,
  evolveStandings,
  type PoolEvent,
  providerStream,
  type Revision,
  type Standings,
} from "../../../domain/index.ts";
import {
  type Clock,
  type EventStore,
  type Log,
  type NewEvent,
  type Recording,
  VersionConflict,
} from "../../../engine/ports/index.ts";
import { poolEventIn, recordable } from "./recorded.ts";

export type JournalOptions = Recording & {
  readonly provider: string;
  readonly clock: Clock;
  readonly events: () => Promise<EventStore>;
  readonly log: () => Promise<Log>;
};

export type Journal = {
  /** Reads what is new; true when others wrote something. */
  readonly read: () => Promise<boolean>;
  readonly standings: () => Standings;
  /** Never fails. */
  readonly record: (events: readonly PoolEvent[]) => void;
  /** Never fails, and is waited for by nobody. */
  readonly catchUp: () => void;
  /** Called when what others wrote changes how things stand. */
  readonly onOthers: (told: () => void) => void;
  /** When everything is written, or cannot be. */
  readonly settled: () => Promise<void>;
};

const PAGE = 500;
const CATCH_UP_MS = 1000;
/** Beyond this the oldest is forgotten: a store that is gone for long must not fill the memory. */
const MOST_PENDING = 1000;

type Pending = { readonly event: PoolEvent; readonly bytes: NewEvent };

export function journal(options: JournalOptions): Journal {
  const stream = providerStream(options.provider);
  let head: Revision | "none" = "none";
  let written: Standings = new Map();
  let pending: readonly Pending[] = [];
  let work: Promise<void> = Promise.resolve();
  let readAt = Number.NEGATIVE_INFINITY;
  let told = (): void => undefined;

  /** One at a time, so that `head` is what was read or written last. */
  const inTurn = <T>(what: () => Promise<T>): Promise<T> => {
    const done = work.then(what);
    const over = (): void => undefined; // whether it failed is for whoever asked
    work = done.then(over, over);
    return done;
  };

  const tail = async (): Promise<boolean> => {
    readAt = options.clock.monotonic();
    const events = await options.events();
    let isNew = false;
    for (;;) {
      const page = await events.read(stream, head === "none" ? 0 : head + 1, PAGE);
      for (const stored of page) {
        written = evolveStandings(written, poolEventIn(stored));
        head = stored.revision;
        isNew = true;
      }
      if (page.length < PAGE) return isNew;
    }
  };

  const write = async (): Promise<void> => {
    while (pending.length > 0) {
      const batch = pending.slice(0, PAGE);
      try {
        const events = await options.events();
        head = (
          await events.append(
            stream,
            head,
            batch.map(({ bytes }) => bytes),
          )
        ).revision;
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error;
        if (await tail()) told();
        continue;
      }
      written = batch.reduce((standings, { event }) => evolveStandings(standings, event), written);
      pending = pending.slice(batch.length);
    }
  };

  const warned = (message: string) => async (error: unknown) => {
    const { provider, log } = options;
    (await log()).warn({ provider, error: asError(error) }, message);
  };

  return {
    read: () => inTurn(tail),
    standings: () => pending.reduce((standings, { event }) => evolveStandings(standings, event), written),
    record: (events) => {
      if (events.length === 0) return;
      const more = events.map((event) => ({ event, bytes: recordable(event, options) }));
      pending = [...pending, ...more].slice(-MOST_PENDING);
      inTurn(write).catch(warned("what happened to instances is not recorded yet"));
    },
    catchUp: () => {
      if (options.clock.monotonic() - readAt < CATCH_UP_MS) return;
      readAt = options.clock.monotonic();
      const learn = async (): Promise<void> => {
        if (await inTurn(tail)) told();
      };
      learn().catch(warned("what others recorded of instances cannot be read"));
    },
    onOthers: (call) => {
      told = call;
    },
    settled: async () => {
      await work;
    },
  };
}
