// What deliveries and filters need of a run beside the event itself: its workflow and its tags, as it was submitted.
import type { StreamName, WorkflowRef } from "../../domain/index.ts";
import { submissionOf } from "../log/history.ts";
import type { WebhookKit } from "./kit.ts";

type OfRun = { readonly workflow: WorkflowRef; readonly tags: readonly string[] };

export type FactsOfRun = (stream: StreamName) => Promise<OfRun>;

/** Runs that are kept at hand. */
const KEPT = 1000;

export function factsOfRuns({ store }: Pick<WebhookKit, "store">): FactsOfRun {
  const kept = new Map<StreamName, Promise<OfRun>>();
  const load = async (stream: StreamName): Promise<OfRun> => {
    const first = await submissionOf(store.events, stream);
    if (!first) throw new Error(`${stream} has no first event`);
    const { workflow, tags = [] } = first.event.data;
    return { workflow, tags };
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
