import type { Millis } from "../../domain/index.ts";
import type { Clock } from "../ports/index.ts";

/** One timer for whatever comes due next; arming it again replaces it, `undefined` stops it. */
export type DueTimer = { readonly arm: (at: Millis | undefined) => void };

export function dueTimer(clock: Clock, call: () => void): DueTimer {
  let armed: Millis | undefined;
  let cancel = (): void => undefined;
  return {
    arm: (at) => {
      if (at === armed) return;
      cancel();
      armed = at;
      if (at === undefined) return;
      cancel = clock.after(Math.max(0, at - clock.now()), () => {
        armed = undefined;
        call();
      });
    },
  };
}
