// What came after the last checkpoint: nothing of it is signed yet, so whether it is as it was nobody can tell.
import type { Position } from "../../domain/index.ts";
import type { EventStore } from "../../engine/ports/index.ts";
import { eventsIn } from "./walk.ts";

export type Unsigned = { readonly count: number; readonly first: string };

/** Undefined where there is nothing. */
export async function unsignedAfter(
  events: Pick<EventStore, "readAll">,
  upTo: Position | "start",
): Promise<Unsigned | undefined> {
  let count = 0;
  let first: Position | undefined;
  for await (const page of eventsIn(events, upTo)) {
    first ??= page[0]?.position;
    count += page.length;
  }
  return first === undefined ? undefined : { count, first: String(first) };
}
