// Requests to a run that this process does not drive: any process may append them at the expected revision.
import {
  type Actor,
  type Decision,
  decide,
  type Incarnation,
  type RunCommand,
  type RunId,
  type RunRequest,
  type RunState,
} from "../../domain/index.ts";
import type { Kit } from "../host.ts";
import type { RunFacts } from "../log/facts.ts";
import type { Graphs } from "../log/graphs.ts";
import { foldTail } from "../log/history.ts";
import { VersionConflict } from "../ports/index.ts";
import { loadRun } from "./load.ts";

export type Requested = {
  readonly decision: Decision;
  /** Who drove the run when the request was recorded. */
  readonly owner: Incarnation | undefined;
};

/** A decision counts for the person who asks, whoever passes it on. */
export const commandOf = (request: RunRequest, { id, onBehalfOf }: Actor): RunCommand =>
  request.type === "DecideApproval" ? { ...request, by: onBehalfOf ?? id } : request;

/** A busy owner moves its stream all the time; so often is the request tried again. */
const TRIES = 100;

export async function requestOf(
  kit: Kit,
  graphs: Graphs,
  run: RunId,
  tenant: string,
  command: RunCommand,
  actor: Actor,
): Promise<Requested> {
  const { state, facts } = await loadRun(kit, graphs, run, tenant);
  for (let tries = 1; ; tries += 1) {
    const decision = decide(command, state, kit.clock.now());
    const answer = { decision, owner: state.head.owner };
    if (decision.kind !== "accepted") return answer;
    try {
      await record(kit, facts, state, decision, actor);
      return answer;
    } catch (error) {
      if (!(error instanceof VersionConflict) || tries === TRIES) throw error;
      await foldTail(kit.events, run, tenant, state);
    }
  }
}

async function record(
  kit: Kit,
  { stream, tenant, sealing: key }: RunFacts,
  state: RunState,
  { events }: Extract<Decision, { readonly kind: "accepted" }>,
  actor: Actor,
): Promise<void> {
  const now = kit.clock.now();
  const metadata = { tenant, actor, worker: kit.incarnations.own };
  const { revision } = state.head;
  const encoded = events.map((event, i) => {
    const sealedIn = key && { stream, revision: revision + 1 + i, key };
    return kit.encode(event, metadata, now, undefined, sealedIn).event;
  });
  await kit.events.append(stream, revision, encoded);
}
