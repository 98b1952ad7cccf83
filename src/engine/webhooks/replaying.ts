// Sends again what stands in a stretch of the log: everything, what never arrived, or what was given up. One delivery at a
// time, in the order of the log, beside what is new.
import {
  anyMatches,
  type EventId,
  type Position,
  placeOf,
  positionAt,
  type Recipe,
  type Replay,
  recipeIn,
  type StreamName,
  type Told,
  type WebhookEventOf,
} from "../../domain/index.ts";
import type { Lanes } from "./lane.ts";
import { webhookEvents } from "./records.ts";
import type { Sending } from "./sending.ts";
import { type Source, sourceIn } from "./telling.ts";
import { isBeyond } from "./window.ts";

type Options = {
  readonly sending: Sending;
  readonly lanes: Pick<Lanes, "once">;
  readonly failed: (error: unknown) => void;
};

export type Replays = {
  /** Takes up those that were asked for. */
  readonly refresh: () => void;
  readonly ended: () => Promise<void>;
};

const PAGE = 200;
/** What a crash would send once more. */
const STRIDE = 50;

export function replaysOf({ sending, lanes, failed }: Options): Replays {
  const running = new Map<EventId, Promise<void>>();
  const { endpoint, stop } = sending;
  return {
    refresh: () => {
      for (const [id, replay] of endpoint.replays) {
        if (running.has(id)) continue;
        const done = replayed(sending, lanes, replay).catch((error: unknown) => {
          if (!stop.signal.aborted) failed(error);
        });
        running.set(id, done);
      }
    },
    ended: async () => {
      await Promise.allSettled(running.values());
    },
  };
}

async function replayed(sending: Sending, lanes: Pick<Lanes, "once">, replay: Replay): Promise<void> {
  const { kit, endpoint, journal, stop } = sending;
  const past = await history(sending, replay.source ?? endpoint.stream);
  const isOwn = replay.source === undefined || replay.source === endpoint.stream;
  let count = 0;
  let through = replay.through;
  for (let isOver = replay.to === "start"; !isOver; ) {
    const page = await kit.store.events.readAll(through, PAGE);
    for (const stored of page.events) {
      stop.signal.throwIfAborted();
      if (replay.to === "start" || stored.position > replay.to) break;
      const source = sending.telling.mayTell(stored) ? sourceIn(stored) : undefined;
      const type = source && (await sending.telling.typeOf(source));
      if (!source || type === undefined || !wants(replay, past, source, type)) continue;
      const recipe = isOwn ? past.known.get(source.told.event)?.recipe : undefined;
      await lanes.once({ source, type, isAlone: true, replay: replay.id, ...(recipe && { recipe }) });
      count += 1;
      if (count % STRIDE === 0) await advanced(sending, replay, stored.position);
    }
    through = page.next;
    isOver = page.atHead || through === "start" || replay.to === "start" || !isBefore(through, replay.to);
  }
  await journal.record({
    type: "WebhookReplayAdvanced",
    data: { replay: replay.id, through: placeOf(replay.to), done: true },
  });
}

const isBefore = (position: Position, end: Position): boolean => isBeyond(end, position);

const advanced = ({ journal }: Sending, { id }: Replay, position: Position): Promise<void> =>
  journal.record({ type: "WebhookReplayAdvanced", data: { replay: id, through: placeOf(position) } });

type History = {
  readonly known: ReadonlyMap<EventId, Known>;
  /** Whether nothing is known of it but that it was over when the records of it left. */
  readonly isForgotten: (told: Told) => boolean;
};
type Known = { recipe?: Recipe; isDelivered: boolean; isParked: boolean };

function wants(
  { types, only }: Replay,
  { known, isForgotten }: History,
  { told }: Source,
  type: string,
): boolean {
  if (types && !anyMatches(types, type)) return false;
  const before = known.get(told.event);
  switch (only) {
    case "all":
      return true;
    case "missing":
      return before ? !before.isDelivered : !isForgotten(told);
    case "failed":
      return before?.isParked === true && !before.isDelivered;
  }
}

/** What became of each event at an endpoint. */
async function history({ kit }: Sending, stream: StreamName): Promise<History> {
  const found = new Map<EventId, Known>();
  const of = (id: EventId): Known => {
    const known = found.get(id) ?? { isDelivered: false, isParked: false };
    found.set(id, known);
    return known;
  };
  let isForgotten: History["isForgotten"] | undefined;
  for await (const { event, revision } of webhookEvents(kit.store.events, stream)) {
    isForgotten ??= event.type === "WebhookFolded" && revision > 0 ? overBefore(event) : () => false;
    if (event.type === "WebhookDeliveryBegun") of(event.data.event).recipe ??= recipeIn(event.data);
    if (event.type === "WebhookAttempted" && event.data.outcome === "delivered")
      of(event.data.event).isDelivered = true;
    if (event.type === "WebhookParked") of(event.data.event).isParked = true;
  }
  return { known: found, isForgotten: isForgotten ?? (() => false) };
}

/** A stream that begins by saying how the endpoint stood has lost what came before. */
function overBefore({ data }: WebhookEventOf<"WebhookFolded">): History["isForgotten"] {
  const mark = positionAt(data.mark);
  const ahead = new Map(data.ahead.map(({ of, revision }) => [of, revision] as const));
  return ({ position, stream, revision, event }) =>
    !isBeyond(position, mark) || (ahead.get(stream) ?? -1) >= revision || ahead.has(event);
}
