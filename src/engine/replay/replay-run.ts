// A recorded run, decided again by the engine of today: with its own document or another one, told what came from
// outside as the record has it. No provider is called, nothing is written; runs inside it are replayed in the same way.
import {
  GleitzeitError,
  type Json,
  type RecordedRunEvent,
  type Revision,
  type RunId,
  runStream,
} from "../../domain/index.ts";
import { preparedChild } from "../children/child-run.ts";
import type { Driven } from "../driven.ts";
import { type Graphs, graphs as graphsOf } from "../log/graphs.ts";
import { type Submission, submissionOf } from "../log/history.ts";
import { sealingOf } from "../log/sealing.ts";
import { valuesInSight } from "../resolving/values-in-sight.ts";
import type { Divergence, StubReplay } from "./divergence.ts";
import { askedOf, drivenAgain, type First, isErased } from "./driven-again.ts";
import { type FindingsKept, findingsKept } from "./findings-kept.ts";
import { followRecord } from "./follow-record.ts";
import type { Resubmitted } from "./other-document.ts";
import { type ReplayHost, replayKit } from "./outside.ts";
import { type RecordedRun, recordedRun } from "./recorded-run.ts";
import { rerun } from "./rerun.ts";
import { RUN } from "./sequence.ts";

export type ReplayOptions = {
  /** Another document than the run's own; undefined where its inputs do not fit, with why. */
  readonly against?: (recorded: Submission, inputs: Json) => Promise<Resubmitted | string>;
  readonly graphs?: Graphs;
};

export async function replayRun(
  host: ReplayHost,
  run: RunId,
  options: ReplayOptions = {},
): Promise<StubReplay> {
  const first = await submissionOf(host.store.events, runStream(run, host.tenant));
  if (!first) throw new GleitzeitError("RUN_NOT_FOUND", `no run ${run} in this store`);
  const graphs = options.graphs ?? graphsOf(host.store, host.limits.taskTimeoutMs);
  const values = await valuesInSight(first, host.tenant, host.store);
  const inputs: Json = values?.inputs ?? {};
  const other = await options.against?.(first.event.data, inputs);
  if (typeof other === "string") return refused(first, other);
  return replayOne({ host, graphs, isOther: other !== undefined }, first, other);
}

type Replaying = { readonly host: ReplayHost; readonly graphs: Graphs; readonly isOther: boolean };

const refused = ({ run, id, revision, event: { type } }: First, message: string): StubReplay => ({
  runId: run,
  mode: "stub",
  divergences: [{ task: null, event: id, revision, type, kind: "inputs", expected: null, actual: message }],
  unknown: [],
  status: "absent",
  outputs: {},
  events: 0,
});

async function replayOne(replaying: Replaying, first: First, other?: Resubmitted): Promise<StubReplay> {
  const { host } = replaying;
  const record = await recordedRun(host.store.events, first.run, host.tenant);
  const findings = findingsKept();
  const inner: StubReplay[] = [];
  const driven = await again(replaying, first, record, findings, other, inner);
  return {
    runId: first.run,
    mode: "stub",
    divergences: [...findings.divergences, ...inner.flatMap(({ divergences }) => divergences)],
    unknown: [...findings.unknown, ...inner.flatMap(({ unknown }) => unknown)],
    status: driven.state.head.status,
    outputs: await outputsOf(host, driven, record),
    events: record.length + inner.reduce((sum, { events }) => sum + events, 0),
  };
}

async function again(
  { host, graphs, isOther }: Replaying,
  first: First,
  record: RecordedRun,
  findings: FindingsKept,
  other: Resubmitted | undefined,
  inner: StubReplay[],
): Promise<Driven> {
  const places = new Map<Revision, Revision>();
  const erased = new Set<Revision>();
  const asked = askedOf(first, places, erased);
  const kit = replayKit(host, asked);
  const sealing = await sealingOf(first.event.data, host.tenant, host.store.seals);
  const driven = await drivenAgain(kit, asked, graphs, first, other);
  asked.driven = driven;
  if (other) driven.pending.set(0, other.submission.values ?? {});
  await followRecord({
    kit,
    payloads: host.store,
    asked,
    record,
    findings,
    again: rerun({ kit, asked, driven, record, findings, places }),
    erased: ({ event }, revision) => {
      if (isErased(event.data, event.type, sealing)) erased.add(revision);
    },
    settle: (revision, place) => {
      places.set(revision, place);
      driven.pending.delete(revision);
    },
    submitted: ({ event }) =>
      other && event.type === "RunSubmitted" ? { ...event, data: other.submission } : event,
    child: async ({ task, attempt, run }) => {
      const begun = await submissionOf(host.store.events, runStream(run, host.tenant));
      if (!begun) return;
      const instead = isOther ? await preparedChild(kit, driven, task, attempt) : undefined;
      const blobs = other?.blobs ?? [];
      const found = await replayOne({ host, graphs, isOther }, begun, instead && { ...instead, blobs });
      inner.push({
        ...found,
        divergences: inside(task, found.divergences),
        unknown: inside(task, found.unknown),
      });
    },
  });
  return driven;
}

const inside = (task: string, found: readonly Divergence[]): readonly Divergence[] =>
  found.map((one) => ({ ...one, task: one.task === null ? task : `${task}/${one.task}` }));

async function outputsOf(
  { store, tenant }: ReplayHost,
  { state, pending }: Driven,
  record: RecordedRun,
): Promise<Json> {
  const own = pending.get(state.head.revision)?.outputs;
  if (own !== undefined || state.head.status !== "succeeded") return own ?? {};
  const entry = record.entry(RUN, record.count(RUN) - 1);
  const end: RecordedRunEvent | undefined = entry && (await record.at(entry.revision));
  const values = end && (await valuesInSight(end, tenant, store));
  return values?.outputs ?? {};
}
