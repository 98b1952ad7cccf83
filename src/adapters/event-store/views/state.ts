// How a kept model stands, as it is: asking does not move it.
import type { EventStore, ReadModelState } from "../../../engine/ports/index.ts";
import type { KeptModel } from "../../../projections/index.ts";
import { hashed, inOneState } from "./compare.ts";
import { liveOf, type Place } from "./copies.ts";
import type { Session } from "./session.ts";

export async function stateOf(
  session: Session,
  events: EventStore,
  model: KeptModel,
): Promise<ReadModelState> {
  const state = await inOneState(session, async () => {
    const [kept] = liveOf(session.tables, [model]);
    const position = kept?.copy.position ?? "start";
    const { name, version } = model;
    return { name, version, position, ...(await hashed(session.tables, kept?.copy.id ?? 0)) };
  });
  return { ...state, lag: await behind(events, state.position) };
}

const MOST = 10_000;
const PAGE = 1_000;

async function behind(events: EventStore, position: Place): Promise<number> {
  let count = 0;
  for (let after = position; ; ) {
    const page = await events.readAll(after, PAGE, "run-");
    count += page.events.length;
    if (page.atHead || count >= MOST) return Math.min(count, MOST);
    after = page.next;
  }
}
