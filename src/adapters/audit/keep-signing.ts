// Signs while a process lives: about every second in which the log has grown, and once more when it ends.
import type { Clock, EventStore, Log } from "../../engine/ports/index.ts";
import type { Auditor } from "./auditor.ts";

export type KeepSigning = {
  readonly events: Pick<EventStore, "head">;
  readonly clock: Pick<Clock, "after" | "monotonic">;
  readonly log: Log;
  readonly auditor: () => Promise<Auditor>;
  /** Told of each checkpoint. */
  readonly signed?: () => void;
  /** A store that ends with its process needs no last checkpoint. */
  readonly isLasting: boolean;
};

/** From the beginning of one to that of the next. */
const EVERY_MS = 900;
/** However long one takes, others have a turn before the next. */
const LEAST_MS = 100;
/** Who ends does not make others wait for a log that was never signed; the next one goes on from there. */
const MOST_AT_THE_END = 20_000;

/** Never fails: what is wrong with the audit log stops no run, and is said. */
export function keepSigning({ events, clock, log, auditor, signed, isLasting }: KeepSigning): {
  close(): Promise<void>;
} {
  let seen = "start";
  let said: string | undefined;
  let isClosed = false;
  let cancel = (): void => undefined;
  let running: Promise<void> = Promise.resolve();

  async function look(most?: number): Promise<void> {
    try {
      const head = String(await events.head());
      if (head === seen) return;
      const signing = await (await auditor()).sign(most);
      seen = signing.kind === "elsewhere" ? seen : head;
      said = undefined;
      if (signing.kind === "signed") signed?.();
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (said !== problem) log.error({ what: "audit" }, problem);
      said = problem;
    }
  }

  function later(delay: number): void {
    cancel = clock.after(delay, () => {
      const start = clock.monotonic();
      running = look().then(() => {
        if (!isClosed) later(Math.max(LEAST_MS, EVERY_MS - (clock.monotonic() - start)));
      });
    });
  }

  later(EVERY_MS);
  return {
    close: async () => {
      isClosed = true;
      cancel();
      await running;
      if (isLasting) await look(MOST_AT_THE_END);
    },
  };
}
