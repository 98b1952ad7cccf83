// Brings copies up to the head of the log, a stretch in each short transaction. Several processes may be at it: a
// stretch stands only if the copy is where it was read, and who comes second reads again.
import type { RecordedRunEvent } from "../../../domain/index.ts";
import { decode } from "../../../engine/index.ts";
import type { EventStore, Page } from "../../../engine/ports/index.ts";
import { whenFree } from "../busy.ts";
import { type Copy, isBefore, type Kept, type Place } from "./copies.ts";
import type { Session } from "./session.ts";
import { setDown } from "./set-down.ts";
import { inTransaction } from "./transaction.ts";

const PAGE = 1000;

/** `copies` is asked again before each stretch. */
export async function catchUp(
  { database, tables, patience }: Session,
  events: EventStore,
  copies: () => readonly Kept[],
): Promise<void> {
  for (;;) {
    const kept = await whenFree(copies, patience);
    const from = furthestBack(kept);
    const page = await events.readAll(from, PAGE, "run-");
    if (page.next === from) return;
    const { next } = page;
    const stretch = { events: decoded(page, kept), next, anchor: anchorOf(page, from), now: Date.now() };
    const isDone = await whenFree(
      () => inTransaction(database, "write", () => kept.every((one) => setDown(tables, one, stretch))),
      patience,
    );
    if (isDone && page.atHead) return;
  }
}

const furthestBack = (kept: readonly Kept[]): Place =>
  kept.map(({ copy }) => copy.position).reduce((least, one) => (isBefore(one, least) ? one : least));

function anchorOf({ events }: Page, from: Place): Copy["anchor"] {
  const last = events.at(-1);
  return last && { after: events.at(-2)?.position ?? from, id: last.id };
}

/** Of types that concern nobody only the place is needed. */
function decoded({ events }: Page, kept: readonly Kept[]): readonly RecordedRunEvent[] {
  const behind = kept.filter(({ copy }) => isBefore(copy.position, events.at(-1)?.position ?? "start"));
  const wanted: ReadonlySet<string> = new Set(behind.flatMap(({ model }) => [...model.types]));
  return events.flatMap((stored) => (wanted.has(stored.type) ? decode(stored) : []));
}
