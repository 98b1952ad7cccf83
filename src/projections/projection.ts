// What every projection is: a fold that remembers its position, so that seeing an event twice is seeing it once.
import { defer, type Observable, scan } from "rxjs";
import type { Position, RecordedRunEvent, RunEventType } from "../domain/index.ts";
import { type Reactions, react, typesOf } from "./reactions.ts";

/** Owned by its fold and updated in place: one event costs the same however much stands there already. */
export type Folded = { position: Position | "start" };

export type Projection<V extends Folded> = {
  /** The event types that change the answer; a reader may leave the others undecoded. */
  readonly types: ReadonlySet<RunEventType>;
  readonly empty: () => V;
  readonly fold: (view: V, recorded: RecordedRunEvent) => V;
};

export function projection<V extends Folded>(empty: () => V, reactions: Reactions<V, void>): Projection<V> {
  return {
    types: typesOf(reactions),
    empty,
    fold: (view, recorded) => {
      if (isSeen(view, recorded)) return view;
      react(reactions, view, recorded);
      view.position = recorded.position;
      return view;
    },
  };
}

const isSeen = ({ position }: Folded, recorded: RecordedRunEvent): boolean =>
  position !== "start" && recorded.position <= position;

/** The answer after each event; every subscription folds a view of its own. */
export const projected =
  <V extends Folded>({ fold, empty }: Projection<V>) =>
  (log: Observable<RecordedRunEvent>): Observable<V> =>
    defer(() => log.pipe(scan(fold, empty())));
