// Somebody answers for a log that is behind, or beside, a checkpoint that was kept: it goes on, with a key of its own, so
// that no key signs two roots of one size; whoever trusts the old key learns that something happened.
import { AUDIT_EVENT_VERSION, AUDIT_STREAM, type AuditEvent, GleitzeitError } from "../../domain/index.ts";
import { plainEvent } from "../../engine/ports/index.ts";
import type { AuditorParts } from "./auditor.ts";
import { nextKey } from "./rotate.ts";
import { keptHead, rollback, standingOf } from "./standing.ts";
import { EMPTY_ROOT, type Head } from "./verifier/merkle.ts";
import { vkeyOf } from "./verifier/note.ts";

export type AcceptedRollback = {
  readonly origin: string;
  readonly size: number;
  readonly kept: Head;
  readonly vkey: string;
};

/** What was kept cannot be read any more: all of it is given up. */
const NOBODY_KNOWS: Head = { size: 0, root: EMPTY_ROOT };

export async function acceptRollback(parts: AuditorParts, reason: string): Promise<AcceptedRollback> {
  const standing = await standingOf(parts);
  const { origin, log } = standing;
  const found = await keptHead(parts.kept, origin);
  const kept = found === "damaged" ? NOBODY_KNOWS : found;
  if (!kept || (await rollback(parts, standing)) === undefined) {
    throw new GleitzeitError(
      "USAGE_ERROR",
      "there is nothing to accept: the log goes on from what was kept of it",
    );
  }
  const key = await nextKey(parts, origin, log);
  const head = log.last ?? { size: 0, root: EMPTY_ROOT };
  const ended = log.keys.filter(({ isRetired }) => !isRetired);
  const events: readonly AuditEvent[] = [
    { type: "RollbackAccepted", data: { ...textOf(head), kept: textOf(kept), values: { reason } } },
    ...ended.map(({ vkey }) => ({ type: "AuditKeyRetired", data: { vkey } }) as const),
    { type: "AuditKeyAdded", data: { vkey: key.vkey } },
  ];
  const recorded = events.map(({ type, data }) =>
    plainEvent({ type, data: { ...data } }, AUDIT_EVENT_VERSION, parts.recording),
  );
  await parts.events.append(AUDIT_STREAM, log.revision, recorded);
  await parts.kept.setAside(origin, `given-up-${kept.size}`);
  for (const { vkey } of ended) {
    const old = vkeyOf(vkey);
    if (old) await parts.keys.remove(old);
  }
  return { origin, size: head.size, kept, vkey: key.vkey };
}

const textOf = ({ size, root }: Head) => ({ size: String(size), root: Buffer.from(root).toString("base64") });
