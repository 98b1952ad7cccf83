// What deliveries and filters need of a run beside the event itself: its workflow, its tags and whom it is about, as it was
// submitted.
import { GleitzeitError, type StreamName, type WorkflowRef } from "../../domain/index.ts";
import { submissionOf } from "../log/history.ts";
import type { Sealed } from "../ports/index.ts";
import type { WebhookKit } from "./kit.ts";

type OfRun = {
  readonly workflow: WorkflowRef;
  readonly tags: readonly string[];
  /** The pseudonym. */
  readonly subject?: string;
  readonly sealed?: Sealed;
};

export type FactsOfRun = (stream: StreamName) => Promise<OfRun>;

/** What is asked of a run that has left the store for an archive. */
export const hasLeft = (error: unknown): boolean =>
  error instanceof GleitzeitError && error.code === "RUN_ARCHIVED";

/** Runs that are kept at hand. */
const KEPT = 1000;

export function factsOfRuns({ store }: Pick<WebhookKit, "store">): FactsOfRun {
  const kept = new Map<StreamName, Promise<OfRun>>();
  const load = async (stream: StreamName): Promise<OfRun> => {
    const first = await submissionOf(store.events, stream);
    if (!first) throw new Error(`${stream} has no first event`);
    const { workflow, tags = [], subject, sealed } = first.event.data;
    return { workflow, tags, ...(subject !== undefined && { subject }), ...(sealed && { sealed }) };
  };
  return (stream) => {
    const known = kept.get(stream);
    if (known) return known;
    const loading = load(stream);
    loading.catch(() => kept.delete(stream));
    if (kept.size >= KEPT) kept.clear();
    kept.set(stream, loading);
    return loading;
  };
}
