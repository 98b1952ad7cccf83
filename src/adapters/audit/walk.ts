// The leaves of a log from the first to the last that was signed, each beside the event that stands at its position now.
import type { Position } from "../../domain/index.ts";
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

export async function* alongLog(
  events: EventStore,
  reading: TileReading,
  size: number,
): AsyncGenerator<Step> {
  const leaves = leavesIn(reading, size);
  const logged = eventsIn(events);
  let [leaf, event] = [await leaves.next(), await logged.next()];
  while (!leaf.done) {
    if (!event.done && event.value.position < leaf.value.position) {
      yield { position: event.value.position, event: event.value };
      event = await logged.next();
      continue;
    }
    if (!event.done && event.value.position === leaf.value.position) {
      yield { ...leaf.value, event: event.value };
      event = await logged.next();
    } else {
      yield leaf.value;
    }
    leaf = await leaves.next();
  }
}

type Leaf = { readonly index: number; readonly position: Position; readonly leaf: Uint8Array };

async function* leavesIn(reading: TileReading, size: number): AsyncGenerator<Leaf, undefined> {
  for (let start = 0; start < size; start += TILE_WIDTH) {
    const count = Math.min(TILE_WIDTH, size - start);
    const positions = await reading.positions(start, count);
    const entries = await reading.entries(start / TILE_WIDTH, count);
    for (const [i, leaf] of entries.entries()) {
      const position = positions[i];
      if (position !== undefined) yield { index: start + i, position, leaf };
    }
  }
  return undefined;
}

export async function* eventsIn(events: EventStore): AsyncGenerator<StoredEvent, undefined> {
  for (let after: Position | "start" = "start"; ; ) {
    const page = await events.readAll(after, PAGE);
    yield* page.events.filter(hasLeaf);
    if (page.atHead) return undefined;
    after = page.next;
  }
}
