// `retry`: a new run of the same document, files and inputs that takes over what succeeded.
import { GleitzeitError, isFinal, type RunId } from "../domain/index.ts";
import { openValues } from "./decode.ts";
import type { Graphs } from "./graphs.ts";
import type { Kit } from "./host.ts";
import { loadRun } from "./load.ts";
import { inputsNow } from "./settings.ts";
import type { Prepared } from "./submit.ts";

export async function prepareRetry(
  kit: Kit,
  graphs: Graphs,
  from: RunId,
  tenant: string,
  reason: string | undefined,
): Promise<Prepared> {
  const driven = await loadRun(kit, graphs, from, tenant);
  const { facts, state } = driven;
  if (!isFinal(state.head.status)) {
    const how = `run ${from} is ${state.head.status}; \`gleitzeit resume\` goes on with it`;
    throw new GleitzeitError("WORKFLOW_INVALID_STATE", how);
  }
  if (state.head.status === "succeeded") {
    throw new GleitzeitError(
      "WORKFLOW_INVALID_STATE",
      `run ${from} has succeeded: there is nothing to retry`,
    );
  }
  const { parent, deadline, values, ...submission } = facts.submission;
  const {
    name,
    reason: _,
    ...kept
  } = await openValues({ type: "RunSubmitted", data: facts.submission }, tenant, kit.blobs);
  return {
    run: kit.random.runId(),
    blobs: [],
    submission: {
      ...submission,
      forkedFrom: { run: from, revision: state.head.revision },
      values: { ...kept, inputs: await inputsNow(kit, driven), ...(reason !== undefined && { reason }) },
    },
  };
}
