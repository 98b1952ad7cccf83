// What is counted at the door goes into the stream of its month, one event after the other, behind whatever other servers write.
import {
  ACCESS_EVENT_VERSION,
  type AccessEvent,
  type Actor,
  accessStream,
  asError,
  type Instant,
} from "../../domain/index.ts";
import {
  type Clock,
  type EventStore,
  type Log,
  lastOf,
  plainEvent,
  type Random,
  VersionConflict,
} from "../../engine/ports/index.ts";

export type AccessLogOptions = {
  readonly events: EventStore;
  readonly clock: Clock;
  readonly random: Pick<Random, "eventId" | "salt">;
  readonly log: Log;
};

export type AccessLog = {
  /** Not waited for; where it cannot be written that is logged, with `lost`. */
  readonly write: (event: AccessEvent, at: Instant, actor: Actor, lost: string) => void;
  /** What was given so far is durable, or logged as lost. */
  readonly written: () => Promise<void>;
};

const TRIES = 20;

export function accessLog({ events, clock, random, log }: AccessLogOptions): AccessLog {
  let work: Promise<void> = Promise.resolve();

  const append = async ({ type, data }: AccessEvent, at: Instant, actor: Actor): Promise<void> => {
    const stream = accessStream(at);
    const event = plainEvent({ type, data: { ...data } }, ACCESS_EVENT_VERSION, { clock, random, actor });
    for (let tries = 1; ; tries += 1) {
      const expected = (await lastOf(events, stream))?.revision ?? "none";
      try {
        await events.append(stream, expected, [event]);
        return;
      } catch (error) {
        if (!(error instanceof VersionConflict) || tries === TRIES) throw error;
      }
    }
  };

  return {
    write: (event, at, actor, lost) => {
      work = work
        .then(() => append(event, at, actor))
        .catch((error: unknown) => log.error({ error: asError(error), event: event.type }, lost));
    },
    written: () => work,
  };
}
