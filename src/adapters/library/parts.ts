// What the library is given to work with; compose/library.ts fills it.
import type { Actor } from "../../domain/index.ts";
import type { Clock, Driving, GivenRun, RunRequestDocument, Workflow } from "../../engine/index.ts";
import type { ActorName } from "./gleitzeit.ts";

export type LibraryParts = {
  readonly clock: Clock;
  readonly workflow: (path: string) => Promise<Workflow>;
  readonly workflowIn: (document: unknown, folder?: string) => Promise<Workflow>;
  readonly request: (workflow: Workflow, given: GivenRun) => Promise<RunRequestDocument>;
  readonly driving: () => Promise<Driving>;
  readonly actor: (who: ActorName) => Promise<Actor>;
  readonly close: () => Promise<void>;
};
