// The log as a stream: catch-up in pages, then live.
//
// 1. Only stored events have an id, which is a cursor: with Last-Event-ID a client goes on where it was cut off.
// 2. A page is read when the one before is written out, and an event is made ready when there is room for it: a slow
//    client holds one page of the log and one event, however far it is behind.
// 3. Whether the client may still see this is asked before each page and at each heartbeat.
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Actor, asError, type Position, type RunId } from "../../domain/index.ts";
import { followPages } from "../../engine/index.ts";
import type { RouteKit } from "./app.ts";
import { cursorOf, placeIn } from "./cursor.ts";
import { type EventFilter, shownEvents, wantedOf } from "./event-pages.ts";
import { Refused } from "./refusal.ts";
import { type Sse, sse } from "./sse.ts";

const PAGE = 100;
const MOST_STREAMS = 1000;
const ENDS: ReadonlySet<string> = new Set(["RunSucceeded", "RunFailed", "RunCancelled"]);

type Asked = {
  readonly after: string | undefined;
  readonly filter: EventFilter;
  /** Ends with this run's last event, and carries what its tasks say meanwhile. */
  readonly run?: RunId;
};

export type EventStreams = (request: FastifyRequest, reply: FastifyReply, asked: Asked) => Promise<void>;

export function eventStreams(kit: RouteKit): EventStreams {
  const { driving, clock, closing, logId, door, streams } = kit;

  return async (request, reply, { after, filter, run }) => {
    const last = request.headers["last-event-id"];
    const place = placeIn(logId, typeof last === "string" && last !== "" ? last : (after ?? "now"));
    const from: Position | "start" = place === "now" ? await driving.store.events.head() : place;
    if (streams.size >= MOST_STREAMS || closing.aborted) throw full();
    const { key, actor } = kit.callerOf(request);
    const mayStay = (): boolean => (key === undefined ? !door.asksForKeys() : door.stillCounts(key));
    const stream = sse(reply, clock, mayStay);
    streams.add(stream);
    const chunks = run === undefined ? undefined : chunksOf(kit, run, stream);
    try {
      await written(kit, stream, { from, filter, mayStay, actor, isOfRun: run !== undefined });
    } catch (error) {
      kit.log.warn({ error: asError(error), requestId: request.id }, "a stream broke off");
    } finally {
      streams.delete(stream);
      chunks?.unsubscribe();
      stream.end();
    }
  };
}

type Written = {
  readonly from: Position | "start";
  readonly filter: EventFilter;
  readonly mayStay: () => boolean;
  readonly actor: Actor;
  readonly isOfRun: boolean;
};

async function written(
  { driving, closing, logId, payloads }: RouteKit,
  stream: Sse,
  { from, filter, mayStay, actor, isOfRun }: Written,
): Promise<void> {
  let isBehind = true;
  const signal = AbortSignal.any([stream.gone, closing]);
  const pages = followPages(driving.store.events, from, { filter: filter.streams, pageSize: PAGE, signal });
  for await (const { events, atHead } of pages) {
    if (!mayStay()) return;
    for (const stored of wantedOf(events, filter)) {
      const shown = await shownEvents([stored], driving);
      await payloads.ofEvents(actor, shown);
      const [event] = shown;
      const id = cursorOf(logId, stored.position);
      await stream.send({ id, event: stored.type, data: JSON.stringify(event) });
    }
    if (isOfRun && events.some(({ type }) => ENDS.has(type))) {
      return stream.send({ event: "ended", data: "{}" });
    }
    if (isBehind && atHead) {
      isBehind = false;
      await stream.send({ event: "caught-up", data: "{}" });
    }
  }
}

/** What models say while they say it: not stored, and lost to a client that does not keep up. */
const chunksOf = ({ driving }: RouteKit, run: RunId, { hint }: Sse) =>
  driving.engine.chunks.subscribe((chunk) => {
    if (chunk.run !== run) return;
    const { task, kind, text } = chunk;
    hint({ event: "chunk", data: JSON.stringify({ task, kind, text }) });
  });

const full = (): Refused =>
  new Refused({
    code: "RESOURCE_EXHAUSTED",
    status: 503,
    detail: `there are ${MOST_STREAMS} streams open; try again in a moment`,
    headers: { "retry-after": "5" },
  });
