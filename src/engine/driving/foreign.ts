// Watches the log for what other processes append to runs that are driven here.
import type { Subscription } from "rxjs";
import { asError, type Position, type Revision, type RunId, runOfStream } from "../../domain/index.ts";
import type { Kit } from "../host.ts";

const PAGE = 500;

export type Watched = { readonly head: () => Revision; readonly lookBehind: () => void };

/** `find` answers for runs driven here. A hint is only a hint: the log is read from where it was last read. */
export function watchForeign(kit: Kit, find: (run: RunId) => Watched | undefined): Subscription {
  let seen: Position | "start" | undefined;
  let hinted = false;
  let reading = false;

  const read = async (): Promise<void> => {
    if (reading) return;
    reading = true;
    try {
      while (hinted) {
        hinted = false;
        await readOn();
      }
    } finally {
      reading = false;
    }
  };

  const readOn = async (): Promise<void> => {
    for (;;) {
      const page = await kit.events.readAll(seen ?? "start", PAGE, "run-");
      for (const { stream, revision } of page.events) {
        const run = runOfStream(stream);
        const watched = run && find(run);
        if (watched && revision > watched.head()) watched.lookBehind();
      }
      seen = page.next;
      if (page.atHead) return;
    }
  };

  const failed = (error: unknown): void => {
    if (!subscription.closed) kit.log.warn({ error: asError(error) }, "the log could not be followed");
  };
  const hint = (): void => {
    hinted = true;
    read().catch(failed);
  };

  const start = async (): Promise<void> => {
    seen = await kit.events.head();
  };
  const ready = start().catch(failed); // then it is read from the log's beginning
  const subscription = kit.events.changes("others").subscribe(() => {
    ready.then(hint, failed);
  });
  return subscription;
}
