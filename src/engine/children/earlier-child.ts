// What the child of a retried run goes on from: the child that the same task had in the run before. That one has not
// succeeded, or its result would have been taken over as a whole; what succeeded in it is.
import { type JsonObject, jcs, type RunEventOf, type RunId, runStream } from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import { openValues } from "../log/decode.ts";
import { eventsOf, submissionOf } from "../log/history.ts";

type Submission = RunEventOf<"RunSubmitted">["data"];

export type Called = {
  readonly hash: Submission["workflow"]["hash"];
  readonly inputs: JsonObject;
  /** Of the task's attempts in a run. */
  readonly childOf: (parent: RunId, attempt: number) => RunId;
};

/** The same call only: of the same document, with the same inputs, which nobody has changed since. */
export async function earlierChild(
  kit: Pick<Kit, "events" | "blobs" | "seals">,
  { facts }: Driven,
  { hash, inputs, childOf }: Called,
): Promise<Submission["forkedFrom"]> {
  const { tenant, submission } = facts;
  const before = submission.forkedFrom?.run;
  if (before === undefined) return undefined;
  const exists = async (attempt: number): Promise<boolean> =>
    (await kit.events.read(runStream(childOf(before, attempt), tenant), 0, 1)).length > 0;
  let attempt = 0;
  while (await exists(attempt + 1)) attempt += 1;
  if (attempt === 0) return undefined;
  const run = childOf(before, attempt);
  const first = await submissionOf(kit.events, runStream(run, tenant));
  if (first?.event.data.workflow.hash !== hash) return undefined;
  const given = await openValues(first, tenant, kit);
  if (jcs(given.inputs ?? {}) !== jcs(inputs)) return undefined;
  let revision = -1;
  let ended = false;
  for await (const { event, revision: at } of eventsOf(kit.events, run, tenant)) {
    if (event.type === "RunResumed" && isChanged(event.data)) return undefined;
    ended = event.type === "RunFailed" || event.type === "RunCancelled";
    revision = at;
  }
  return ended ? { run, revision } : undefined;
}

/** By its control fields: the values may be sealed. */
const isChanged = ({ inputs, params, results }: RunEventOf<"RunResumed">["data"]): boolean =>
  (inputs ?? params ?? results) !== undefined;
