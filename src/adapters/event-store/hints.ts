// Hints that the log may have grown, by this store or by others. Who is looked for among the others, is looked for only
// while somebody listens.
import { Observable, Subject } from "rxjs";
import type { Position } from "../../domain/index.ts";
import type { EventStore } from "../../engine/ports/index.ts";

export type Hints = {
  readonly changes: EventStore["changes"];
  /** By whomever. */
  readonly grown: (to: Position) => void;
  /** Beside `grown`, when it was not this store. */
  readonly grownByOthers: (to: Position) => void;
  readonly end: () => void;
};

export function hints(others: () => { start(): void; stop(): void }): Hints {
  const all = new Subject<Position>();
  const foreign = new Subject<Position>();
  return {
    changes: (by) =>
      new Observable((subscriber) => {
        const subscription = (by === "others" ? foreign : all).subscribe(subscriber);
        if (!subscription.closed) others().start();
        return () => {
          subscription.unsubscribe();
          if (!all.observed && !foreign.observed) others().stop();
        };
      }),
    grown: (to) => all.next(to),
    grownByOthers: (to) => foreign.next(to),
    end: () => {
      others().stop();
      all.complete();
      foreign.complete();
    },
  };
}
