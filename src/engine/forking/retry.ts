// `retry`: a new run of the same document, files and inputs that takes over what succeeded.
import { GleitzeitError, isFinal, type RunId } from "../../domain/index.ts";
import { loadRun } from "../driving/load.ts";
import type { Kit } from "../host.ts";
import { openValues } from "../log/decode.ts";
import { submissionEvent } from "../log/facts.ts";
import type { Graphs } from "../log/graphs.ts";
import { erased } from "../log/sealing.ts";
import { inputsNow } from "../resolving/settings.ts";
import type { Prepared } from "../submitting/submit.ts";
import { carriedParams } from "./carried-params.ts";

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
  const { sealing } = facts;
  if (sealing === "erased") throw erased(`what run ${from} was given and came to`);
  const { parent, deadline, values, sealed, ...submission } = facts.submission;
  const recorded = await openValues(submissionEvent(facts), tenant, kit);
  const { name, reason: _, set: __, ...kept } = recorded;
  const { tasks: params, set } = carriedParams(facts.submission, recorded);
  return {
    run: kit.random.runId(),
    blobs: [],
    sealing,
    submission: {
      ...submission,
      forkedFrom: {
        run: from,
        revision: state.head.revision,
        ...(params.length > 0 && { params: [...params] }),
      },
      values: {
        ...kept,
        inputs: await inputsNow(kit, driven),
        ...(params.length > 0 && { set }),
        ...(reason !== undefined && { reason }),
      },
    },
  };
}
