// The timeline of one run, laid out.
import { isFinal } from "../../domain/index.ts";
import { type Chart, chartOf, timeline } from "../../projections/index.ts";
import { eventsOf } from "../log/history.ts";
import type { Reading } from "./reading.ts";
import type { History } from "./run-history.ts";

/** As far as `history` has read; `now` ends whatever goes on. */
export async function chartIn(
  { store, tenant }: Reading,
  { run, graph, detail }: History,
  now: number,
): Promise<Chart> {
  const { fold, empty } = timeline(graph);
  let view = empty();
  for await (const recorded of eventsOf(store.events, run, tenant)) {
    if (recorded.revision >= detail.events) break;
    view = fold(view, recorded);
  }
  return chartOf(view, detail, isFinal(detail.status) ? (detail.endedAt ?? now) : now);
}
