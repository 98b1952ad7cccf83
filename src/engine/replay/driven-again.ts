// A run before its first event, as the engine holds one, in the surroundings of a replay.
import { type Graph, Incarnation, initial, type Revision } from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import { reusableOf } from "../forking/reusable.ts";
import type { Kit } from "../host.ts";
import { factsOf } from "../log/facts.ts";
import { type Graphs, withBlobs } from "../log/graphs.ts";
import type { submissionOf } from "../log/history.ts";
import { type Sealing, sealingOf } from "../log/sealing.ts";
import { valuesInSight } from "../resolving/values-in-sight.ts";

import type { Resubmitted } from "./other-document.ts";
import type { Asked } from "./outside.ts";

export type First = NonNullable<Awaited<ReturnType<typeof submissionOf>>>;

const NEEDED: ReadonlySet<string> = new Set(["RunSubmitted", "TaskSucceeded", "TaskFailed"]);

/** `sealing`: of the run. */
export const isErased = (
  data: { readonly values?: unknown; readonly sealed?: unknown },
  type: string,
  sealing: Sealing,
): boolean =>
  data.sealed === undefined ? data.values === undefined && NEEDED.has(type) : sealing === "erased";

export function askedOf(
  { stream, id }: First,
  places: ReadonlyMap<Revision, Revision>,
  erased: ReadonlySet<Revision>,
): Asked {
  return {
    now: 0,
    task: undefined,
    isBlind: false,
    driven: undefined,
    stream,
    own: Incarnation.parse(id),
    place: (revision) => places.get(revision),
    isErased: (revision) => erased.has(revision),
    next: async () => undefined,
  };
}

export async function drivenAgain(
  kit: Kit,
  asked: Asked,
  graphs: Graphs,
  first: First,
  other: Resubmitted | undefined,
): Promise<Driven> {
  const { run, metadata, event } = first;
  const { tenant } = metadata;
  const submission = other?.submission ?? event.data;
  const sealing = await sealingOf(event.data, tenant, kit.seals);
  const held = { blobs: withBlobs(kit.blobs, other?.blobs ?? []), sealing };
  const graph = withoutLimits(
    await graphs.of(submission, tenant, { blobs: other?.blobs ?? [], sealing: other ? undefined : sealing }),
  );
  const reusable = await reusableOf(kit.events, submission, tenant, graph, (earlier) =>
    graphs.of(earlier, tenant),
  );
  const values = other?.submission.values ?? (await valuesInSight(first, tenant, kit)) ?? {};
  const { actor, correlationId } = metadata;
  const facts = await factsOf(run, tenant, submission, actor, values, held, reusable, correlationId);
  const seen = facts.inputs;
  const isBlind = isErased(event.data, event.type, sealing) && !other;
  const inputs = {
    get inputs() {
      if (isBlind) asked.isBlind = true;
      return seen;
    },
  };
  return {
    facts: Object.defineProperties(facts, Object.getOwnPropertyDescriptors(inputs)),
    state: initial(graph, reusable),
    pending: new Map(),
    lists: new Map(),
  };
}

/** How many run at once is for the record to say: what it began, it had room for. */
const withoutLimits = (graph: Graph): Graph => ({ ...graph, maxParallelTasks: undefined });
