// The end of a stream, found by doubling and halving: a store is read forwards, and streams may be long.
import type { StreamName } from "../../domain/index.ts";
import type { EventStore, StoredEvent } from "./event-store.ts";

/** Undefined for a stream without events. */
export async function lastOf(
  { read }: Pick<EventStore, "read">,
  stream: StreamName,
): Promise<StoredEvent | undefined> {
  let [last] = await read(stream, 0, 1);
  if (!last) return undefined;
  let beyond = last.revision + 1;
  for (let step = 1; ; step *= 2) {
    const [found] = await read(stream, last.revision + step, 1);
    if (!found) {
      beyond = last.revision + step;
      break;
    }
    last = found;
  }
  while (beyond - last.revision > 1) {
    const middle = Math.floor((last.revision + beyond) / 2);
    const [found] = await read(stream, middle, 1);
    if (found) last = found;
    else beyond = middle;
  }
  return last;
}
