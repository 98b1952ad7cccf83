// The whole log through one projection: what kept read models are held to.
import { decode } from "../../src/engine/index.ts";
import type { EventStore } from "../../src/engine/ports/index.ts";
import type { Folded, Projection } from "../../src/projections/index.ts";

export async function folded<V extends Folded>(
  events: EventStore,
  { fold, empty }: Projection<V>,
): Promise<V> {
  let view = empty();
  for (let after: bigint | "start" = "start"; ; ) {
    const page = await events.readAll(after, 1000, "run-");
    view = page.events.map(decode).reduce(fold, view);
    if (page.atHead) return view;
    after = page.next;
  }
}
