// The newest signed checkpoint of the log, for whoever tells others what stands in it: looked for at most once a second, and
// read on from where it was found. It may be older than what is told.
import {
  AUDIT_STREAM,
  type Checkpoint,
  type Millis,
  parseJson,
  type Revision,
  readAuditEvent,
} from "../../domain/index.ts";
import { type Clock, type EventStore, lastOf, type StoredEvent } from "../ports/index.ts";

export type SignedCheckpoint = {
  /** The name under which this log is signed. */
  readonly origin: string;
  readonly checkpoint: Checkpoint;
};

const LOOK_EVERY_MS: Millis = 1000;
const PAGE = 64;
const utf8 = new TextDecoder();

/** Undefined while nothing was signed. */
export function newestCheckpoint(
  events: Pick<EventStore, "read">,
  clock: Pick<Clock, "monotonic">,
): () => Promise<SignedCheckpoint | undefined> {
  let newest: SignedCheckpoint | undefined;
  let next: Revision | undefined;
  let looking: { readonly at: Millis; readonly found: Promise<void> } | undefined;

  const look = async (): Promise<void> => {
    next ??= Math.max(0, ((await lastOf(events, AUDIT_STREAM))?.revision ?? 0) - PAGE);
    for (;;) {
      const page = await events.read(AUDIT_STREAM, next, PAGE);
      newest = page.map(signedIn).findLast((one) => one !== undefined) ?? newest;
      next = (page.at(-1)?.revision ?? next - 1) + 1;
      if (page.length < PAGE) return;
    }
  };

  return async () => {
    const at = clock.monotonic();
    if (!looking || at - looking.at >= LOOK_EVERY_MS) {
      const found = look();
      looking = { at, found };
      found.catch(() => {
        looking = undefined;
      });
    }
    await looking.found;
    return newest;
  };
}

function signedIn({ type, schemaVersion, data }: StoredEvent): SignedCheckpoint | undefined {
  if (type !== "CheckpointSigned") return undefined;
  const event = readAuditEvent(type, schemaVersion, parseJson(utf8.decode(data)));
  if (event?.type !== "CheckpointSigned") return undefined;
  const { size, root, note } = event.data;
  return { origin: note.slice(0, note.indexOf("\n")), checkpoint: { size, root, note } };
}
