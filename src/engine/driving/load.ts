// A run as it stands in the log, made ready to be driven.
import { GleitzeitError, type RunId, runStream } from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import { reusableOf } from "../forking/reusable.ts";
import type { Kit } from "../host.ts";
import { openValues } from "../log/decode.ts";
import { factsOf } from "../log/facts.ts";
import type { Graphs } from "../log/graphs.ts";
import { foldRun, submissionOf } from "../log/history.ts";
import { sealingOf } from "../log/sealing.ts";
import { restored } from "./snapshots.ts";

export async function loadRun(kit: Kit, graphs: Graphs, run: RunId, tenant: string): Promise<Driven> {
  const first = await submissionOf(kit.events, runStream(run, tenant));
  if (!first) throw runNotFound(run);
  const submission = first.event.data;
  const sealing = await sealingOf(submission, tenant, kit.seals);
  const graph = await graphs.of(submission, tenant, { sealing });
  const reusable = await reusableOf(kit.events, submission, tenant, graph, (earlier) =>
    graphs.of(earlier, tenant),
  );
  const values = await openValues(first, tenant, kit);
  const { actor, correlationId } = first.metadata;
  const held = { blobs: kit.blobs, sealing };
  const facts = await factsOf(run, tenant, submission, actor, values, held, reusable, correlationId);
  const from = await restored(kit, facts.stream, graph, reusable);
  const snapshotAt = from?.head.revision;
  return {
    facts,
    snapshotAt,
    state: await foldRun(kit.events, run, tenant, graph, { reusable, from }),
    pending: new Map(),
    lists: new Map(),
  };
}

const runNotFound = (run: string): GleitzeitError =>
  new GleitzeitError("RUN_NOT_FOUND", `no run ${run} in this store; \`gleitzeit list\` shows the runs`);
