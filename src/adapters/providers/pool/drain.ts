// A request to an instance that other processes may be calling: it gets no more calls, or gets them again.
import {
  evolveStandings,
  type PoolEvent,
  providerStream,
  type Revision,
  type Standings,
} from "../../../domain/index.ts";
import { type EventStore, type Recording, VersionConflict } from "../../../engine/ports/index.ts";
import { poolEventIn, recordable } from "./recorded.ts";

type DrainRequest = {
  readonly provider: string;
  readonly instance: string;
  readonly draining: boolean;
  readonly reason?: string;
};

const PAGE = 500;

/** False when it stood so already; then nothing is written. */
export async function drain(
  events: EventStore,
  { provider, instance, draining, reason }: DrainRequest,
  recording: Recording,
): Promise<boolean> {
  const stream = providerStream(provider);
  const event: PoolEvent = {
    type: draining ? "InstanceDraining" : "InstanceResumed",
    data: { instance, ...(reason !== undefined && { values: { reason } }) },
  };
  const bytes = recordable(event, recording);
  let head: Revision | "none" = "none";
  let standings: Standings = new Map();
  for (;;) {
    const page = await events.read(stream, head === "none" ? 0 : head + 1, PAGE);
    for (const stored of page) {
      standings = evolveStandings(standings, poolEventIn(stored));
      head = stored.revision;
    }
    if (page.length === PAGE) continue;
    if ((standings.get(instance)?.isDraining ?? false) === draining) return false;
    try {
      await events.append(stream, head, [bytes]);
      return true;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
}
