// What came after the last checkpoint: nothing of it is signed yet, so whether it is as it was nobody can tell.
import type { Position } from "../../domain/index.ts";
import type { EventStore } from "../../engine/ports/index.ts";
import { hasLeaf } from "./leaf.ts";

const PAGE = 1000;

export type Unsigned = { readonly count: number; readonly first: string };

/** Undefined where there is nothing. */
export async function unsignedAfter(
  events: Pick<EventStore, "readAll">,
  upTo: Position | "start",
): Promise<Unsigned | undefined> {
  let count = 0;
  let first: Position | undefined;
  for (let after = upTo; ; ) {
    const page = await events.readAll(after, PAGE);
    const unsigned = page.events.filter(hasLeaf);
    first ??= unsigned[0]?.position;
    count += unsigned.length;
    if (page.atHead) return first === undefined ? undefined : { count, first: String(first) };
    after = page.next;
  }
}
