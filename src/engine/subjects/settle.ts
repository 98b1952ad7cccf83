// Erasures that are to be done, and those that waited for a hold, after its release: whoever was asked or releases it does
// them, and if that process dies in between, the next that drives runs or removes old ones.
import { type RunId, runStream } from "../../domain/index.ts";
import { submissionOf } from "../log/history.ts";
import { archiveOf } from "../log/left-run.ts";
import type { EventStore } from "../ports/index.ts";
import { holdsOf } from "./holds.ts";
import { openRequests } from "./requests.ts";
import { storyOf } from "./story.ts";
import { waitingErasure } from "./waiting.ts";

export type Waiting = { readonly subject: string; readonly reason: string; readonly name?: string };

/** Begun and not over; and of persons that were held, themselves or by a run, and are not any more. */
export async function waitingErasures(events: EventStore, tenant: string): Promise<readonly Waiting[]> {
  const { released } = await holdsOf(events, tenant);
  const subjects = new Set(released.subjects);
  for (const run of released.runs) {
    const subject = await subjectOfRun(events, run, tenant);
    if (subject !== undefined) subjects.add(subject);
  }
  const { open } = await openRequests(events, tenant);
  const found: Waiting[] = [...open.values()];
  for (const subject of subjects) {
    if (open.has(subject)) continue;
    const waiting = waitingErasure(await storyOf(events, tenant, subject));
    if (waiting) found.push({ subject, ...waiting });
  }
  return found;
}

/** Also of a run that has left for an archive. */
export async function subjectOfRun(
  events: EventStore,
  run: RunId,
  tenant: string,
): Promise<string | undefined> {
  const stream = runStream(run, tenant);
  const archive = await archiveOf(events, stream);
  return archive ? archive.subject : (await submissionOf(events, stream))?.event.data.subject;
}
