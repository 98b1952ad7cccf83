// Everything that stands in one stream, or in all streams of a kind, a page at a time, as far as the log goes now.
import type { Revision, StreamName } from "../../domain/index.ts";
import type { EventStore, StoredEvent } from "../ports/index.ts";

const PAGE = 1000;

/** From a revision on, in order; those that have left the store are passed over. */
export async function* storedIn(
  events: Pick<EventStore, "read">,
  stream: StreamName,
  from: Revision = 0,
): AsyncGenerator<StoredEvent> {
  for (let next = from; ; ) {
    const page = await events.read(stream, next, PAGE);
    yield* page;
    const last = page.at(-1);
    if (page.length < PAGE || !last) return;
    next = last.revision + 1;
  }
}

/** Of all streams whose names begin so, in the order of the log. */
export async function* storedUnder(
  events: Pick<EventStore, "readAll">,
  prefix: string,
): AsyncGenerator<StoredEvent> {
  for (let page = await events.readAll("start", PAGE, prefix); ; ) {
    yield* page.events;
    if (page.atHead) return;
    page = await events.readAll(page.next, PAGE, prefix);
  }
}
