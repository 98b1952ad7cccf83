// The leaves of a log from the first to the last that was signed, each beside the event that stands at its position now.
import { GleitzeitError, type Position } from "../../domain/index.ts";
import type { EventStore, StoredEvent } from "../../engine/ports/index.ts";
import { hasLeaf } from "./leaf.ts";
import { TILE_WIDTH } from "./tile-hashes.ts";
import type { TileReading } from "./tiles.ts";

/** `index` and `leaf` are absent for an event that no leaf is known of, `event` for a leaf whose event is not there. */
export type Step = {
  readonly position: Position;
  readonly index?: number;
  readonly leaf?: Uint8Array;
  readonly event?: StoredEvent;
};

const PAGE = 1000;

/** Some steps at a time: of one tile's leaves, and of one page of events. */
export async function* alongLog(
  events: EventStore,
  reading: TileReading,
  size: number,
): AsyncGenerator<readonly Step[], undefined> {
  const tiles = ahead(leavesIn(reading, size));
  const pages = ahead(eventsIn(events));
  let [leaves, logged] = [await nextOf(tiles), await nextOf(pages)];
  for (let [i, k] = [0, 0]; leaves; ) {
    const steps: Step[] = [];
    for (let leaf = leaves[i]; leaf && !(logged && k === logged.length); leaf = leaves[i]) {
      const event = logged?.[k];
      if (event && event.position <= leaf.position) k += 1;
      if (event && event.position < leaf.position) {
        steps.push({ position: event.position, event });
      } else {
        const { index, position, leaf: bytes } = leaf;
        steps.push(event?.position === position ? { index, position, leaf: bytes, event } : leaf);
        i += 1;
      }
    }
    yield steps;
    if (logged && k === logged.length) [logged, k] = [await nextOf(pages), 0];
    if (i === leaves.length) [leaves, i] = [await nextOf(tiles), 0];
  }
  return undefined;
}

type Pages<T> = AsyncGenerator<T, undefined>;
const nextOf = async <T>(pages: Pages<T>): Promise<T | undefined> => (await pages.next()).value;

/** Each is asked for while the one before it is looked at. */
async function* ahead<T>(pages: Pages<T>): Pages<T> {
  for (let next = pages.next(); ; ) {
    const page = await next;
    if (page.done) return undefined;
    next = pages.next();
    next.catch(() => undefined); // told to whoever asks for it, if somebody does
    yield page.value;
  }
}

type Leaf = { readonly index: number; readonly position: Position; readonly leaf: Uint8Array };

async function* leavesIn(reading: TileReading, size: number): Pages<readonly Leaf[]> {
  let last: Position = 0n;
  for (let start = 0; start < size; start += TILE_WIDTH) {
    const count = Math.min(TILE_WIDTH, size - start);
    const [positions, entries] = await Promise.all([
      reading.positions(start, count),
      reading.entries(start / TILE_WIDTH, count),
    ]);
    yield entries.flatMap((leaf, i) => {
      const position = positions[i];
      if (position === undefined) return [];
      if (position <= last) throw outOfOrder(reading, start + i);
      last = position;
      return [{ index: start + i, position, leaf }];
    });
  }
  return undefined;
}

const outOfOrder = ({ place }: TileReading, index: number): GleitzeitError =>
  new GleitzeitError("PERSISTENCE_INTEGRITY_ERROR", `${place}/positions is out of order at leaf ${index}`, {
    details: { tile: "positions", isAltered: true },
  });

/** Those that have a leaf, page by page; a page may be empty. */
export async function* eventsIn(
  events: Pick<EventStore, "readAll">,
  from: Position | "start" = "start",
): Pages<readonly StoredEvent[]> {
  for (let after = from; ; ) {
    const page = await events.readAll(after, PAGE);
    yield page.events.filter(hasLeaf);
    if (page.atHead) return undefined;
    after = page.next;
  }
}
