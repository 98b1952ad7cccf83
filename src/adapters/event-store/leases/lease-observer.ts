// Whether another process lives, as far as can be told from a log that it shares with this one.
//
// 1. Clocks of other machines prove nothing. A process is dead when its lease has passed on this process's own
//    steady clock since it read the last sign of life, and no newer sign has come; it lives when one has.
// 2. So the answer takes time: until the next sign of one that lives, as long as a lease for one that is dead.
//    Where nothing depends on it, how old the last sign is by both wall clocks will do.
import { GleitzeitError, type Incarnation, type Revision, workerStream } from "../../../domain/index.ts";
import type { Clock, EventStore, StoredEvent } from "../../../engine/ports/index.ts";
import { leaseIn, writtenAt } from "./worker-log.ts";

const LOOKS_PER_LEASE = 10;
const PAGE = 500;

type Seen = {
  readonly revision: Revision;
  readonly leaseMs: number;
  /** On this process's steady clock. */
  readonly readAt: number;
  /** By the clock of the process that lives, or does not. */
  readonly writtenAt: number;
  /** Others were read before it: somebody goes on writing. */
  readonly isNewer: boolean;
};

export type LeaseObserver = {
  isAlive(incarnation: Incarnation): Promise<boolean>;
  /** At once, by clocks that may be wrong. */
  seemsAlive(incarnation: Incarnation): Promise<boolean>;
};

export type ObserverParts = { readonly events: EventStore; readonly clock: Clock };

export function leaseObserver({ events, clock }: ObserverParts): LeaseObserver {
  const known = new Map<Incarnation, Seen>();

  /** The last sign of life; undefined when there never was one. */
  async function look(incarnation: Incarnation): Promise<Seen | undefined> {
    const before = known.get(incarnation);
    const last = await lastFrom(incarnation, (before?.revision ?? -1) + 1);
    if (!last) return before;
    const leaseMs = leaseIn(last);
    if (leaseMs === undefined) throw unreadable(last);
    const seen = {
      revision: last.revision,
      leaseMs,
      readAt: clock.monotonic(),
      writtenAt: writtenAt(last),
      isNewer: before !== undefined,
    };
    known.set(incarnation, seen);
    return seen;
  }

  async function lastFrom(incarnation: Incarnation, from: Revision): Promise<StoredEvent | undefined> {
    const stream = workerStream(incarnation);
    let last: StoredEvent | undefined;
    for (let next = from === 0 ? await nearEnd(incarnation) : from; ; next += PAGE) {
      const page = await events.read(stream, next, PAGE);
      last = page.at(-1) ?? last;
      if (page.length < PAGE) return last;
    }
  }

  /** A process that has lived for weeks has said so many thousand times; only the last one counts. */
  async function nearEnd(incarnation: Incarnation): Promise<Revision> {
    let start = 0;
    for (let ahead = PAGE; ; ahead *= 4) {
      const [found] = await events.readMany(workerStream(incarnation), [start + ahead]);
      if (found) start += ahead;
      else if (ahead === PAGE) return start;
      else ahead = PAGE / 4;
    }
  }

  const leftOf = ({ leaseMs, readAt }: Seen): number => readAt + leaseMs - clock.monotonic();

  const isFresh = (seen: Seen): boolean => leftOf(seen) > 0 && seen.isNewer;

  async function isAlive(incarnation: Incarnation): Promise<boolean> {
    const first = await look(incarnation);
    if (!first || first.leaseMs === 0) return false;
    if (isFresh(first)) return true;
    for (let seen = first; leftOf(seen) > 0; ) {
      await pause(Math.min(leftOf(seen), seen.leaseMs / LOOKS_PER_LEASE));
      const now = await look(incarnation);
      if (!now || now.leaseMs === 0) return false;
      if (now.revision > seen.revision) return true;
      seen = now;
    }
    return false;
  }

  const pause = (millis: number): Promise<void> =>
    new Promise((resolve) => {
      clock.after(millis, resolve);
    });

  async function seemsAlive(incarnation: Incarnation): Promise<boolean> {
    const seen = await look(incarnation);
    if (!seen || leftOf(seen) <= 0) return false;
    return seen.isNewer || Math.abs(clock.now() - seen.writtenAt) < seen.leaseMs;
  }

  return { isAlive, seemsAlive };
}

const unreadable = ({ stream, revision, type }: StoredEvent): GleitzeitError =>
  new GleitzeitError(
    "PERSISTENCE_INTEGRITY_ERROR",
    `event ${type} (${stream}, revision ${revision}) cannot be read: written by a newer version?`,
  );
