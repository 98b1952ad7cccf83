// The values a decision needs: pending, at hand, or read from the log.
import { type RecordedRunEvent, type Revision, type RunId, runStream } from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import { decode, openValues } from "../log/decode.ts";
import type { Values } from "../log/encode.ts";

const CHUNK = 200;

/** Values of these events of the run, by revision. */
export async function valuesOf(
  kit: Kit,
  { facts, pending }: Driven,
  revisions: readonly Revision[],
): Promise<ReadonlyMap<Revision, Values>> {
  const found = new Map<Revision, Values>();
  const missing: Revision[] = [];
  for (const revision of revisions) {
    const values = pending.get(revision) ?? kit.cache.get(facts.stream, revision);
    if (values) found.set(revision, values);
    else missing.push(revision);
  }
  if (missing.length > 0) await readInto(found, kit, facts.run, facts.tenant, missing);
  return found;
}

async function readInto(
  found: Map<Revision, Values>,
  kit: Kit,
  run: RunId,
  tenant: string,
  revisions: readonly Revision[],
): Promise<void> {
  for (let i = 0; i < revisions.length; i += CHUNK) {
    const records = await recordsAt(kit, run, tenant, revisions.slice(i, i + CHUNK));
    for (const record of records) found.set(record.revision, await openValues(record, tenant, kit));
  }
}

/** Events of a run by revision, as recorded. */
export async function recordsAt(
  kit: Pick<Kit, "events">,
  run: RunId,
  tenant: string,
  revisions: readonly Revision[],
): Promise<readonly RecordedRunEvent[]> {
  return (await kit.events.readMany(runStream(run, tenant), revisions)).map(decode);
}
