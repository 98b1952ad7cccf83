// All recorded runs of some workflows, replayed: how many go the same way, and what it is that sends the others another.
import { type ErrorInfo, errorInfoOf, type Json, type RunId } from "../../domain/index.ts";
import { type Graphs, graphs as graphsOf } from "../log/graphs.ts";
import { type ErrorJson, errorJson } from "../reading/error-json.ts";
import type { Divergence, DivergenceKind, StubReplay } from "./divergence.ts";
import { type OtherDocument, otherDocument } from "./other-document.ts";
import type { ReplayHost } from "./outside.ts";
import type { Replayable } from "./recorded-runs.ts";
import { replayRun } from "./replay-run.ts";

export type ReplayedRun = {
  readonly runId: RunId;
  readonly workflow: string;
  /** As the replay ended. */
  readonly status: StubReplay["status"];
  readonly divergences: readonly Divergence[];
  readonly unknown: number;
  readonly events: number;
  /** It could not be replayed. */
  readonly error?: ErrorJson;
};

/** One and the same reason, in however many runs it stands first. */
export type Cause = {
  readonly workflow: string;
  readonly kind: DivergenceKind;
  /** Of elements, their task's. */
  readonly task: string | null;
  readonly path?: string;
  readonly runs: number;
  readonly example: {
    readonly runId: RunId;
    readonly event: string | null;
    readonly expected: Json;
    readonly actual: Json;
  };
};

export type ReplayedAll = {
  readonly mode: "stub";
  readonly runs: number;
  readonly same: number;
  readonly different: number;
  /** Of those that are the same, where something cannot be seen any more. */
  readonly unknown: number;
  readonly failed: number;
  readonly events: number;
  readonly causes: readonly Cause[];
  readonly results: readonly ReplayedRun[];
};

export type ReplayAllOptions = {
  /** By the id of the workflow; runs of others are held to their own document. */
  readonly against?: ReadonlyMap<string, OtherDocument>;
  /** Under way at once. */
  readonly most?: number;
  readonly tell?: (done: number) => void;
};

const MOST = 8;

export async function replayAll(
  host: ReplayHost,
  wanted: readonly Replayable[],
  { against, most = MOST, tell }: ReplayAllOptions = {},
): Promise<ReplayedAll> {
  const graphs = graphsOf(host.store, host.limits.taskTimeoutMs);
  const results: ReplayedRun[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < wanted.length; i = next++) {
      const one = wanted[i];
      if (one) results[i] = await replayed(host, one, graphs, against?.get(one.workflow.id));
      done += 1;
      tell?.(done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, wanted.length) }, work));
  return summary(results);
}

async function replayed(
  host: ReplayHost,
  { run, workflow }: Replayable,
  graphs: Graphs,
  document: OtherDocument | undefined,
): Promise<ReplayedRun> {
  const head = { runId: run, workflow: workflow.name };
  try {
    const options = { graphs, ...(document && { against: otherDocument(host, document) }) };
    const { status, divergences, unknown, events } = await replayRun(host, run, options);
    return { ...head, status, divergences, unknown: unknown.length, events };
  } catch (error) {
    const told: ErrorInfo = errorInfoOf(error, "INTERNAL_ERROR");
    return { ...head, status: "absent", divergences: [], unknown: 0, events: 0, error: errorJson(told) };
  }
}

function summary(results: readonly ReplayedRun[]): ReplayedAll {
  const failed = results.filter(({ error }) => error).length;
  const different = results.filter(({ divergences }) => divergences.length > 0).length;
  const isSame = ({ error, divergences }: ReplayedRun): boolean => !error && divergences.length === 0;
  return {
    mode: "stub",
    runs: results.length,
    same: results.length - failed - different,
    different,
    unknown: results.filter((one) => isSame(one) && one.unknown > 0).length,
    failed,
    events: results.reduce((sum, { events }) => sum + events, 0),
    causes: causesOf(results),
    results,
  };
}

/** By what stands first in each run: the rest follows from it. */
function causesOf(results: readonly ReplayedRun[]): readonly Cause[] {
  const causes = new Map<string, Cause>();
  for (const { runId, workflow, divergences } of results) {
    const [first] = divergences;
    if (!first) continue;
    const { kind, path, event, expected, actual } = first;
    const task = first.task === null ? null : first.task.replace(/\[\d+\]/g, "[]");
    const place = path?.replace(/\[\d+\]/g, "[]");
    const key = JSON.stringify([workflow, kind, task, place]);
    const known = causes.get(key);
    const example = { runId, event, expected, actual };
    const more = place === undefined ? {} : { path: place };
    causes.set(
      key,
      known ? { ...known, runs: known.runs + 1 } : { workflow, kind, task, ...more, runs: 1, example },
    );
  }
  return [...causes.values()].toSorted((a, b) => b.runs - a.runs);
}
