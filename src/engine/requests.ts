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
  runStream,
} from "../domain/index.ts";
import type { Graphs } from "./graphs.ts";
import { foldTail } from "./history.ts";
import type { Kit } from "./host.ts";
import { loadRun } from "./load.ts";
import { VersionConflict } from "./ports/index.ts";

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
  request: RunRequest,
  actor: Actor,
): Promise<Requested> {
  const { state } = await loadRun(kit, graphs, run, tenant);
  const command = commandOf(request, actor);
  for (let tries = 1; ; tries += 1) {
    const decision = decide(command, state, kit.clock.now());
    const answer = { decision, owner: state.head.owner };
    if (decision.kind !== "accepted") return answer;
    try {
      await record(kit, run, tenant, state, decision, actor);
      return answer;
    } catch (error) {
      if (!(error instanceof VersionConflict) || tries === TRIES) throw error;
      await foldTail(kit.events, run, tenant, state);
    }
  }
}

async function record(
  kit: Kit,
  run: RunId,
  tenant: string,
  state: RunState,
  { events }: Extract<Decision, { readonly kind: "accepted" }>,
  actor: Actor,
): Promise<void> {
  const now = kit.clock.now();
  const metadata = { tenant, actor, worker: kit.incarnations.own };
  const encoded = events.map((event) => kit.encode(event, metadata, now).event);
  await kit.events.append(runStream(run, tenant), state.head.revision, encoded);
}
