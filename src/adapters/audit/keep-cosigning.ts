// Asks the witnesses every now and then while checkpoints are signed. They are others' machines: nothing waits for them, and
// nothing stops because of what they say; it is said.
import type { Clock, Log } from "../../engine/ports/index.ts";
import type { Cosigning } from "./cosigning.ts";

export type KeepCosigning = {
  readonly clock: Pick<Clock, "monotonic">;
  readonly log: Log;
  readonly everyMs: number;
  readonly cosigning: () => Promise<Cosigning>;
};

export function keepCosigning({ clock, log, everyMs, cosigning }: KeepCosigning) {
  const stop = new AbortController();
  const said = new Map<string, string>();
  let due = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;

  async function ask(): Promise<void> {
    const problems = await (await cosigning()).ask(stop.signal).then(
      (asked) => asked?.problems ?? [],
      (error: unknown) => [{ witness: "", why: error instanceof Error ? error.message : String(error) }],
    );
    for (const { witness, why } of problems) {
      if (!stop.signal.aborted && said.get(witness) !== why)
        log.error({ what: "audit", witness }, `the witness ${witness} has not cosigned: ${why}`);
      said.set(witness, why);
    }
  }

  return {
    /** A checkpoint was signed. */
    signed: (): void => {
      if (running || stop.signal.aborted || clock.monotonic() < due) return;
      due = clock.monotonic() + everyMs;
      running = ask().finally(() => {
        running = undefined;
      });
    },
    close: async (): Promise<void> => {
      stop.abort();
      await running;
    },
  };
}
