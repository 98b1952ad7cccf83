// Who drives which run, as the log tells it; runs that have ended are gone.
import type { Incarnation, RecordedRunEvent, RunEventType, RunId } from "../../domain/index.ts";

export type Ownership = {
  /** Whether events of this type change anything here. */
  readonly concerns: (type: string) => boolean;
  readonly fold: (recorded: RecordedRunEvent) => void;
  /** Of no concern here any more, until its owner changes; nothing if that has happened meanwhile. */
  readonly leave: (run: RunId, owner: Incarnation | undefined) => void;
  /** Under undefined: those that nobody has started. */
  readonly byOwner: () => Iterable<readonly [Incarnation | undefined, ReadonlySet<RunId>]>;
};

const TYPES: ReadonlySet<string> = new Set<RunEventType>([
  "RunSubmitted",
  "RunStarted",
  "RunOwnerChanged",
  "RunSucceeded",
  "RunFailed",
  "RunCancelled",
]);

export function ownership(): Ownership {
  const owners = new Map<RunId, Incarnation | undefined>();
  const runs = new Map<Incarnation | undefined, Set<RunId>>();

  const leave = (run: RunId): void => {
    const owner = owners.get(run);
    const theirs = runs.get(owner);
    owners.delete(run);
    theirs?.delete(run);
    if (theirs?.size === 0) runs.delete(owner);
  };

  const enter = (run: RunId, owner: Incarnation | undefined): void => {
    leave(run);
    owners.set(run, owner);
    const theirs = runs.get(owner) ?? new Set();
    runs.set(owner, theirs.add(run));
  };

  return {
    concerns: (type) => TYPES.has(type),
    leave: (run, owner) => {
      if (owners.get(run) === owner) leave(run);
    },
    byOwner: () => runs,
    fold: ({ event, run }) => {
      if (event.type === "RunSubmitted") enter(run, undefined);
      else if (event.type === "RunStarted" || event.type === "RunOwnerChanged") enter(run, event.data.owner);
      else leave(run);
    },
  };
}
