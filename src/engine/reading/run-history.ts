// A run read back from the log, folded into its detail.
import {
  GleitzeitError,
  type Graph,
  type Millis,
  millisOf,
  type RecordedRunEvent,
  type Revision,
  type RunEventOf,
  type RunId,
  runStream,
} from "../../domain/index.ts";
import { type RunDetail, runDetail } from "../../projections/index.ts";
import type { Payloads } from "../log/decode.ts";
import { graphs } from "../log/graphs.ts";
import { eventsOf, type Submission, submissionOf } from "../log/history.ts";
import type { Reading } from "./reading.ts";

export type History = {
  readonly run: RunId;
  readonly first: RecordedRunEvent & { readonly event: RunEventOf<"RunSubmitted"> };
  readonly graph: Graph;
  readonly detail: RunDetail;
  /** Of the last event that counts. */
  readonly lastAt: Millis;
};

/** Of a run, as far as it can still be read. */
export const graphOf = (payloads: Payloads, submission: Submission, tenant: string): Promise<Graph> =>
  graphs(payloads).of(submission, tenant);

/** `until`: the last revision that counts. */
export async function historyOf(
  reading: Pick<Reading, "store" | "tenant" | "place">,
  run: RunId,
  until?: Revision,
): Promise<History> {
  const { store, tenant } = reading;
  const first = await submissionOf(store.events, runStream(run, tenant));
  if (!first) throw new GleitzeitError("RUN_NOT_FOUND", `no run ${run} in ${reading.place}`);
  const graph = await graphOf(store, first.event.data, tenant);
  const { fold, empty } = runDetail(graph.nodes);
  let detail = empty();
  let lastAt = millisOf(first.recordedAt);
  for await (const recorded of eventsOf(store.events, run, tenant)) {
    if (until !== undefined && recorded.revision > until) break;
    detail = fold(detail, recorded);
    lastAt = millisOf(recorded.recordedAt);
  }
  if (until !== undefined && detail.events <= until) {
    const last = detail.events - 1;
    throw new GleitzeitError("RUN_NOT_FOUND", `run ${run} has no revision ${until}; its last is ${last}`);
  }
  return { run, first, graph, detail, lastAt };
}
