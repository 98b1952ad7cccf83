// A document on its way to a run: checked, with where it stands, and what its caller says beside it.
import {
  checkInputs,
  type Declarations,
  type Definition,
  GleitzeitError,
  type JsonObject,
  type Millis,
  type Priority,
} from "../../domain/index.ts";
import type { Captured } from "../ports/index.ts";
import type { OpenedWorkflow } from "../registered/open-registered.ts";

export type Workflow = {
  readonly definition: Definition;
  /** What relative paths in it start from. */
  readonly folder: string;
  /** The text that it was read from; a document made by a program has none. */
  readonly source?: Captured;
  /** Of one that is registered: what was captured with it. */
  readonly registered?: OpenedWorkflow;
};

/** What a caller says of a run beside its document. */
export type GivenRun = {
  readonly inputs: JsonObject;
  readonly name?: string;
  readonly priority?: Priority;
  readonly timeoutMs?: Millis;
  readonly reason?: string;
  /** Whose personal data it holds; else the document says. */
  readonly subject?: string;
};

/** Checked against what the document declares, defaults filled in. */
export function takenInputs(declared: Declarations | undefined, given: JsonObject): JsonObject {
  const checked = checkInputs(declared, given);
  if (checked.ok) return checked.inputs;
  const problems = checked.problems.map(({ code, message, path }) => ({
    code,
    message,
    path: path.join("."),
  }));
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  const message = `${first?.message ?? "the inputs are not valid"}${more}`;
  throw new GleitzeitError("WORKFLOW_VALIDATION_FAILED", message, { problems });
}
