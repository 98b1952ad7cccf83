// What is asked of all runs and workflows together, answered as documents: by the store here, or by a server.
import type {
  CausesAsked,
  CausesFound,
  ListedWorkflow,
  RunList,
  RunQuery,
  ShownWorkflow,
  StatusDocument,
  VersionDocument,
} from "../../engine/index.ts";

export type Answers = {
  runs(query: RunQuery): Promise<RunList>;
  status(): Promise<StatusDocument>;
  failures(asked: CausesAsked): Promise<CausesFound>;
  workflows(): Promise<readonly ListedWorkflow[]>;
  workflow(name: string, version?: string): Promise<ShownWorkflow>;
  /** Of a document with all that it needs to run under its name. */
  register(path: string, reason?: string): Promise<VersionDocument & { readonly created: boolean }>;
};
