// What lines need beside the event that they tell of.
import type { StreamName, WorkflowRef } from "../../domain/index.ts";
import type { LoggedEvent } from "../../engine/index.ts";

export type Facts = {
  /** Of the log: the name under which its checkpoints are signed. */
  readonly origin: string;
  /** Of this program. */
  readonly version: string;
  /** Undefined for a run that has left the store for an archive, where it says so. */
  readonly workflowOf: (stream: StreamName) => Promise<WorkflowRef | undefined>;
};

/** Lines of one form; undefined for an event that has none there. */
export type Format = {
  readonly head?: string;
  readonly line: (event: LoggedEvent) => Promise<string | undefined>;
};

export const textAt = (event: LoggedEvent, name: string): string | undefined => {
  const value = event.control[name];
  return typeof value === "string" ? value : undefined;
};

export const numberAt = (event: LoggedEvent, name: string): number | undefined => {
  const value = event.control[name];
  return typeof value === "number" ? value : undefined;
};
