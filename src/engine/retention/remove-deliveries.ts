// Records of deliveries leave the store. The log says first what goes, and whoever is stopped in between, or comes after
// somebody who was, does what is left from what it says.
import {
  DELIVERIES_REMOVED_VERSION,
  foldedOf,
  type Millis,
  type StreamName,
  tenantStream,
  webhookStream,
} from "../../domain/index.ts";
import { lastOf, VersionConflict } from "../ports/index.ts";
import { noted } from "../subjects/noted.ts";
import { webhookStreamsIn } from "../webhooks/listed.ts";
import { endpointIn, recordable } from "../webhooks/records.ts";
import { removedBefore } from "../webhooks/removed.ts";
import { type DueDeliveries, type DueStretch, dueDeliveries } from "./due-deliveries.ts";
import type { RetentionKit } from "./kit.ts";

const TRIES = 20;
/** Of the age after which something leaves: so often an endpoint says how it stands, so that it can. */
const SHARE = 4;
const DAY_MS: Millis = 86_400_000;

export async function removeDeliveries(
  kit: RetentionKit,
  maxAgeMs: Millis | undefined,
): Promise<readonly DueDeliveries[]> {
  if (maxAgeMs === undefined) return [];
  for (const [webhook, before] of await removedBefore(kit.events, kit.tenant))
    await cut(kit, webhookStream(webhook, kit.tenant), before);
  const removed: DueDeliveries[] = [];
  let signed: Head | undefined;
  for await (const stretch of dueDeliveries(kit, maxAgeMs)) {
    signed ??= await kit.archives.signed();
    await say(kit, stretch, signed);
    await cut(kit, stretch.stream, stretch.due.before);
    removed.push(stretch.due);
  }
  for (const stream of await webhookStreamsIn(kit.events, kit.tenant)) await foldNow(kit, stream, maxAgeMs);
  if (removed.length > 0) await kit.removal.scrub();
  return removed;
}

async function cut({ events, removal }: RetentionKit, stream: StreamName, before: number): Promise<void> {
  const [first] = await events.read(stream, 0, 1);
  if (first && first.revision < before) await removal.truncate(stream, before);
}

type Head = { readonly size: string; readonly root: string };

/** Once, whoever says it. */
async function say(kit: RetentionKit, stretch: DueStretch, { size, root }: Head): Promise<void> {
  const { due, subjects, changes, reasons } = stretch;
  const data = {
    ...due,
    size,
    root,
    ...(subjects.length > 0 && { subjects: [...subjects] }),
    ...(changes.length > 0 && { changes: changes.map((one) => ({ ...one, actor: { ...one.actor } })) }),
    ...(Object.keys(reasons).length > 0 && { values: { reasons: { ...reasons } } }),
  };
  const event = noted(kit, { type: "WebhookDeliveriesRemoved", data }, DELIVERIES_REMOVED_VERSION, kit);
  for (let tries = 1; ; tries += 1) {
    const head = (await lastOf(kit.events, tenantStream(kit.tenant)))?.revision ?? "none";
    if (((await removedBefore(kit.events, kit.tenant)).get(due.webhook) ?? 0) >= due.before) return;
    try {
      await kit.events.append(tenantStream(kit.tenant), head, [event]);
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict) || tries === TRIES) throw error;
    }
  }
}

/** An endpoint with few deliveries says seldom by itself how it stands, and could never be cut. */
async function foldNow(kit: RetentionKit, stream: StreamName, maxAgeMs: Millis): Promise<void> {
  const endpoint = await endpointIn(kit.events, stream);
  if (!endpoint || endpoint.head === endpoint.folded) return;
  const [last] = await kit.events.read(stream, endpoint.folded, 1);
  const age = last ? kit.clock.now() - Date.parse(last.recordedAt) : 0;
  if (age < Math.min(DAY_MS, maxAgeMs / SHARE)) return;
  try {
    await kit.events.append(stream, endpoint.head, [recordable(foldedOf(endpoint), kit, kit.actor)]);
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error; // something happens there: the next time, then
  }
}
