// Retention by itself, for as long as a process stays: first after one interval, so that whoever starts meets what was there.
import { asError, type Millis } from "../../domain/index.ts";
import type { Clock, Log } from "../ports/index.ts";
import type { Retained } from "./retain.ts";

export type Schedule = {
  readonly clock: Pick<Clock, "after">;
  readonly log: Log;
  /** Asked before each round. */
  readonly everyMs: () => Promise<Millis>;
  /** Undefined where nothing ever has to leave. */
  readonly retain: () => Promise<Retained | undefined>;
};

/** Until `stop` is aborted; what is under way then is finished first. Never rejects: what is wrong is logged. */
export async function retainRegularly(
  { clock, log, everyMs, retain }: Schedule,
  stop: AbortSignal,
): Promise<void> {
  while (await waited(clock, await everyMs(), stop)) {
    try {
      const retained = await retain();
      if (retained) told(log, retained);
    } catch (error) {
      log.error(
        { what: "retention", error: asError(error) },
        "runs that are past their time are still there",
      );
    }
  }
}

function told(log: Log, { archived, failed, swept, discarded, deliveries }: Retained): void {
  for (const { archive, error } of discarded.failed)
    log.error({ what: "retention", archive, error }, "an archive whose time is over could not be deleted");
  if (discarded.deleted.length > 0)
    log.info(
      { what: "retention", deleted: discarded.deleted.length },
      "archives whose time is over are deleted",
    );
  for (const { run, error } of failed)
    log.error({ what: "retention", run, error }, "a run could not be archived");
  for (const archive of swept.missing)
    log.error(
      { what: "retention", archive },
      "an archive is gone or altered: what it should hold stays in the store",
    );
  for (const removed of deliveries)
    log.info({ what: "retention", ...removed }, "records of deliveries have left the store");
  if (archived.length + swept.events > 0)
    log.info({ what: "retention", archived: archived.length, ...swept }, "runs have left the store");
}

const waited = (clock: Schedule["clock"], ms: Millis, stop: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (stop.aborted) return resolve(false);
    const over = (isDue: boolean): void => {
      cancel();
      stop.removeEventListener("abort", stopped);
      resolve(isDue);
    };
    const stopped = (): void => over(false);
    const cancel = clock.after(ms, () => over(true));
    stop.addEventListener("abort", stopped);
  });
