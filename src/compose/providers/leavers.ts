// What is no longer configured: it ends with its last call, and at the latest when everything does.
import { asError } from "../../domain/index.ts";
import type { Log } from "../../engine/index.ts";

export type Leaving = {
  /** No call begins any more; resolves when those under way have ended. */
  readonly retire: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type Leavers = {
  readonly leave: (one: Leaving) => void;
  readonly close: () => Promise<void>;
};

export function leavers(log: () => Promise<Log>): Leavers {
  const leaving = new Set<Leaving>();
  return {
    leave: (one) => {
      leaving.add(one);
      const ends = async (): Promise<void> => {
        try {
          await one.retire();
          await one.close();
        } catch (error) {
          (await log()).warn(
            { error: asError(error) },
            "a provider that is no longer configured did not close",
          );
        } finally {
          leaving.delete(one);
        }
      };
      void ends();
    },
    close: async () => {
      await Promise.all([...leaving].map((one) => one.close()));
    },
  };
}
