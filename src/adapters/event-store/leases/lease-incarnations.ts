// Which processes live, where they share no disk with locks on it: each says so in the log, again and again, and
// takes its leave when it closes.
import {
  asError,
  type Incarnation,
  type Revision,
  type WorkerEvent,
  workerStream,
} from "../../../domain/index.ts";
import {
  type Clock,
  type EventStore,
  type Incarnations,
  type Log,
  type Random,
  VersionConflict,
} from "../../../engine/ports/index.ts";
import { type LeaseObserver, leaseObserver } from "./lease-observer.ts";
import { workerEvent } from "./worker-log.ts";

/** After a death others wait as long as this before they go on with its work. */
const LEASE_MS = 15_000;
/** So many signs within a lease: one that is late or lost does no harm. */
const SIGNS_PER_LEASE = 3;

export type LeaseOptions = {
  readonly events: EventStore;
  readonly own: Incarnation;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Pick<Log, "warn">;
  readonly leaseMs?: number;
  readonly observer?: LeaseObserver;
};

/** Resolves when others can see that this process lives. */
export async function leaseIncarnations(options: LeaseOptions): Promise<Incarnations> {
  const { events, own, clock, random, log, leaseMs = LEASE_MS } = options;
  const observer = options.observer ?? leaseObserver({ events, clock });
  const stream = workerStream(own);
  let head: Revision | "none" = "none";
  let cancel = (): void => undefined;
  let extending: Promise<void> = Promise.resolve();
  let closing: Promise<void> | undefined;

  async function say(event: WorkerEvent): Promise<void> {
    const said = workerEvent(own, event, { clock, random });
    try {
      head = (await events.append(stream, head, [said])).revision;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      head = await standing(); // a sign whose answer was lost stands all the same
      head = (await events.append(stream, head, [said])).revision;
    }
  }

  async function standing(): Promise<Revision | "none"> {
    const found = await events.read(stream, head === "none" ? 0 : head, 500);
    return found.at(-1)?.revision ?? head;
  }

  function extendLater(): void {
    cancel = clock.after(leaseMs / SIGNS_PER_LEASE, () => {
      extending = say({ type: "WorkerLeaseExtended", data: { leaseMs } })
        .catch((error: unknown) =>
          log.warn(
            { error: asError(error) },
            "others may take this process for dead: its lease was not extended",
          ),
        )
        .finally(() => {
          if (!closing) extendLater();
        });
    });
  }

  async function close(): Promise<void> {
    cancel();
    await extending;
    await say({ type: "WorkerStopped", data: {} }).catch((error: unknown) =>
      log.warn({ error: asError(error) }, "others will wait for the end of this process's lease"),
    );
  }

  await say({ type: "WorkerStarted", data: { leaseMs } });
  extendLater();
  return {
    own,
    isAlive: async (other) => (other === own ? closing === undefined : observer.isAlive(other)),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
