// Signs while a process lives: about every second in which the log has grown, and once more when it ends.
import type { Clock, EventStore, Log } from "../../engine/ports/index.ts";
import type { Auditor } from "./auditor.ts";

export type KeepSigning = {
  readonly events: Pick<EventStore, "head">;
  readonly clock: Pick<Clock, "after">;
  readonly log: Log;
  readonly auditor: () => Promise<Auditor>;
  /** Told of each checkpoint. */
  readonly signed?: () => void;
  /** A store that ends with its process needs no last checkpoint. */
  readonly isLasting: boolean;
};

const EVERY_MS = 900;
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

  function later(): void {
    cancel = clock.after(EVERY_MS, () => {
      running = look().then(() => {
        if (!isClosed) later();
      });
    });
  }

  later();
  return {
    close: async () => {
      isClosed = true;
      cancel();
      await running;
      if (isLasting) await look(MOST_AT_THE_END);
    },
  };
}
