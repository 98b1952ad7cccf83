// A run under way in this process, as the parts of the engine share it.
import {
  type Actor,
  type Decision,
  type EventId,
  type Json,
  millisOf,
  type RecordedRunEvent,
  type Revision,
  type RunCommand,
  type RunEvent,
  type RunId,
  type RunState,
  type RunStatus,
} from "../domain/index.ts";
import type { Values } from "./log/encode.ts";
import type { RunFacts } from "./log/facts.ts";
import type { Blob } from "./ports/index.ts";

/** One message to a run: its commands are decided in order; after a refusal the rest is dropped. */
export type Input = {
  readonly commands: readonly RunCommand[];
  readonly actor: Actor;
  readonly cause?: EventId;
  /** What the events of the first command name by hash. */
  readonly blobs?: readonly Blob[];
  /** The answer to the last command decided; given once it is durable. */
  readonly reply?: (decision: Decision) => void;
  readonly fail?: (error: unknown) => void;
};

/** An event as soon as it is durable here. */
export type LiveEvent = {
  readonly run: RunId;
  readonly revision: Revision;
  readonly id: EventId;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly event: RunEvent;
};

export type Driven = {
  readonly facts: RunFacts;
  readonly state: RunState;
  /** Values of events that are decided but not acknowledged yet. */
  readonly pending: Map<Revision, Values>;
  /** How far the snapshot went that it was taken up with. */
  readonly snapshotAt?: Revision | undefined;
  /** Lists of tasks that are being repeated, by the event that brought their elements. */
  readonly lists: Map<Revision, readonly Json[]>;
};

/** How a run stands when this process has nothing more to do for it. */
export type DriveEnd =
  | { readonly kind: "ended"; readonly status: RunStatus }
  | { readonly kind: "paused" }
  | { readonly kind: "taken-over" }
  | { readonly kind: "stopped" };

export const asLive = ({ run, revision, id, recordedAt, event }: RecordedRunEvent): LiveEvent => ({
  run,
  revision,
  id,
  at: millisOf(recordedAt),
  event,
});
