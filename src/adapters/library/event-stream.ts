// Events for programs: an Observable, for who takes each as it comes, and an async iterable, for who takes their time.
import { Observable } from "rxjs";
import {
  awake,
  type Driving,
  decode,
  type EventJson,
  eventJson,
  findRun,
  followPages,
  runEvents,
} from "../../engine/index.ts";
import { positionIn } from "./cursor.ts";
import type { EventOptions, EventStream } from "./gleitzeit.ts";
import type { LibraryParts } from "./parts.ts";

export function eventStream(
  { driving, clock }: Pick<LibraryParts, "driving" | "clock">,
  closing: AbortSignal,
  run: string | undefined,
  options: EventOptions = {},
): EventStream {
  const { follow = true, signal } = options;
  async function* read(stop: AbortSignal): AsyncGenerator<EventJson, void, undefined> {
    const all = AbortSignal.any([stop, closing, ...(signal ? [signal] : [])]);
    if (all.aborted) return;
    const reading = await driving();
    for await (const recorded of awake(clock, follow, recordedIn(reading, run, options, all))) {
      if (all.aborted) return;
      yield await eventJson(recorded, reading);
    }
  }

  const observable = new Observable<EventJson>((subscriber) => {
    const stop = new AbortController();
    const deliver = async (): Promise<void> => {
      for await (const event of read(stop.signal)) {
        if (subscriber.closed) return;
        subscriber.next(event);
      }
      subscriber.complete();
    };
    deliver().catch((error: unknown) => subscriber.error(error));
    return () => stop.abort();
  });
  return Object.assign(observable, { [Symbol.asyncIterator]: () => read(new AbortController().signal) });
}

async function* recordedIn(
  reading: Driving,
  run: string | undefined,
  { after = "start", follow = true }: EventOptions,
  stop: AbortSignal,
) {
  const log = reading.store.events;
  const from = after === "now" ? await log.head() : after === "start" ? after : positionIn(after);
  if (run === undefined) {
    for await (const { events, atHead } of followPages(log, from, { filter: "run-", signal: stop })) {
      yield* events.map(decode);
      if (atHead && !follow) return;
    }
    return;
  }
  const id = await findRun(reading, run);
  for await (const recorded of runEvents(reading, id, 0, follow ? stop : undefined)) {
    if (from === "start" || recorded.position > from) yield recorded;
  }
}
