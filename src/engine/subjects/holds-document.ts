// Holds that stand, as `hold list --json` and HTTP tell them: by whom, since when, why, and what waits for the release.
import {
  type Actor,
  type HoldTarget,
  type Instant,
  readHoldEvent,
  tenantStream,
} from "../../domain/index.ts";
import { json, recordedIn } from "../log/decode.ts";
import { storedIn } from "../log/stored-in.ts";
import type { EventStore } from "../ports/index.ts";
import { textIn } from "../reading/text-in.ts";
import { subjectOfRun } from "./settle.ts";
import { storyOf } from "./story.ts";

/** Add, never rename. */
export type HoldDocument = {
  readonly target: HoldTarget;
  readonly placedAt: Instant;
  readonly placedBy: Actor;
  readonly reason: string | null;
  /** The request for an erasure that is done on release. */
  readonly waiting: string | null;
};

/** In the order in which they were placed. */
export async function holdsDocument(events: EventStore, tenant: string): Promise<readonly HoldDocument[]> {
  const held = new Map<string, Omit<HoldDocument, "waiting">>();
  for await (const stored of storedIn(events, tenantStream(tenant))) {
    const event = readHoldEvent(stored.type, stored.schemaVersion, json(stored, stored.data));
    if (!event) continue;
    const { target, values } = event.data;
    const key = "run" in target ? `run ${target.run}` : `subject ${target.subject}`;
    if (event.type === "HoldReleased") held.delete(key);
    else if (!held.has(key)) {
      const { at, actor } = recordedIn(stored);
      held.set(key, { target, placedAt: at, placedBy: actor, reason: textIn(values, "reason") ?? null });
    }
  }
  const found: HoldDocument[] = [];
  for (const one of held.values())
    found.push({ ...one, waiting: await waitingFor(events, one.target, tenant) });
  return found;
}

async function waitingFor(events: EventStore, target: HoldTarget, tenant: string): Promise<string | null> {
  const subject = "subject" in target ? target.subject : await subjectOfRun(events, target.run, tenant);
  if (subject === undefined) return null;
  const last = (await storyOf(events, tenant, subject)).events.at(-1);
  return last?.type === "ErasureDeferred" ? last.data.request : null;
}
