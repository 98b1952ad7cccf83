// Where a driver of a run turns with what it cannot do itself.
import type { EventId, TaskId } from "../../domain/index.ts";
import type { Nursery } from "../children/children.ts";
import type { LiveEvent } from "../driven.ts";
import type { CallContext } from "../ports/index.ts";
import type { RestingPlace } from "../resting-place.ts";

export type Outlets = {
  readonly publish: (live: readonly LiveEvent[]) => void;
  readonly chunk: (task: TaskId, chunk: Parameters<CallContext["emit"]>[0]) => void;
  /** This process has nothing more to do with the run. */
  readonly over: () => void;
  /** The state is as the log has it, up to this event. */
  readonly caughtUp: (event: EventId) => void;
  readonly nursery: Nursery;
  /** Nothing is to be done before it is due, or before somebody says something. */
  readonly idle: () => void;
  /** Of the driver that left it idle. */
  readonly rest: RestingPlace | undefined;
};
