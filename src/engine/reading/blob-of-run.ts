// What a run refers to by hash, opened: files, large values, its definition and those of what it calls.
import { type RunId, runStream } from "../../domain/index.ts";
import { workflowsOf } from "../log/facts.ts";
import { submissionOf } from "../log/history.ts";
import { contentsOf, sealingOf } from "../log/sealing.ts";
import type { Reading } from "./reading.ts";

export type RunBlob = {
  readonly bytes: Uint8Array;
  /** Of a person: what was erased must not be left in caches. */
  readonly isSealed: boolean;
};

/** Undefined where there is none; SUBJECT_ERASED where nobody can read it any more. */
export async function blobOfRun(
  { store, tenant }: Pick<Reading, "store" | "tenant">,
  run: RunId,
  hash: string,
): Promise<RunBlob | undefined> {
  const first = await submissionOf(store.events, runStream(run, tenant));
  if (!first) return undefined;
  const { workflow, workflows, files } = first.event.data;
  const lists = [workflows, files].flatMap((one) => (one && "$blob" in one ? [one.$blob] : []));
  const called = await workflowsOf(workflows, undefined, tenant, store.blobs);
  const inClear = new Set([workflow.hash, ...lists, ...called.map((one) => one.workflow.hash)]);
  const sealing = inClear.has(hash) ? undefined : await sealingOf(first.event.data, tenant, store.seals);
  const bytes = await contentsOf(store.blobs, sealing).get(tenant, hash);
  return bytes && { bytes, isSealed: sealing !== undefined };
}
