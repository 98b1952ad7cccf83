// The audit log as a command uses it: what is signed, what is asked to be signed, what is proven, what is taken out.
import {
  GleitzeitError,
  instantOf,
  type Position,
  type RunId,
  runStream,
  type StreamName,
} from "../../domain/index.ts";
import type { BlobStore, Clock, Recording, TrailEntry, TrailSought } from "../../engine/index.ts";
import { auditLogIn, isCovered } from "./audit-log.ts";
import type { Auditor, AuditorParts, SignedCheckpoint } from "./auditor.ts";
import { bundleOf, grownFrom } from "./bundle-writer.ts";
import { type Exported, recordExport } from "./exported.ts";
import { proofOfEvent } from "./prove.ts";
import { hasEnd, standingOf } from "./standing.ts";
import { type TileReading, tileReading } from "./tiles.ts";
import { leafIndexIn, type TrailParts, trail } from "./trail.ts";
import { recordTrailRead } from "./trail-read.ts";
import type { Head } from "./verifier/merkle.ts";
import { checkpointOf, noteOf, vkeyOf } from "./verifier/note.ts";

export type AuditingParts = AuditorParts & {
  readonly blobs: BlobStore;
  readonly tenantOf: (stream: StreamName) => string;
  readonly clock: Clock;
};

const LONGEST_WAIT_MS = 10_000;
const LOOK_EVERY_MS = 100;

export async function vkeysIn({ events }: Pick<AuditingParts, "events">) {
  const { keys, last } = await auditLogIn(events);
  const signing = keys.filter(({ isRetired }) => !isRetired).map(({ vkey }) => vkey);
  const current = signing.at(-1);
  const origin = current === undefined ? undefined : vkeyOf(current)?.name;
  if (current === undefined || origin === undefined) return undefined;
  const old = keys.map(({ vkey }) => vkey).filter((vkey) => vkey !== current);
  return { origin, current, old, last };
}

/** A checkpoint that covers everything that is durable now, whoever signs. */
export async function checkpointOfAll(parts: AuditingParts, auditor: Auditor): Promise<SignedCheckpoint> {
  for (const end = parts.clock.monotonic() + LONGEST_WAIT_MS; ; ) {
    const signing = await auditor.sign();
    if (signing.kind === "signed") {
      await signedTiles(parts);
      return signing.checkpoint;
    }
    if (signing.kind === "empty")
      throw new GleitzeitError("USAGE_ERROR", "nothing is in the log yet, so nothing is signed");
    const found = await vkeysIn(parts);
    if (found?.last && (await isCovered(parts.events, found.last.upTo))) {
      return { ...found.last, origin: found.origin };
    }
    if (parts.clock.monotonic() > end) {
      const who = `process ${signing.holder} signs this log, and has not done so for ${LONGEST_WAIT_MS / 1000} s`;
      throw new GleitzeitError("PERSISTENCE_CONNECTION_FAILED", `${who}; what it logs says why`);
    }
    await new Promise<void>((resolve) => parts.clock.after(LOOK_EVERY_MS, resolve));
  }
}

/** The same, where everything that proves it is durable as well. */
export async function durableHead(parts: AuditingParts, auditor: Auditor) {
  const checkpoint = await checkpointOfAll(parts, auditor);
  await parts.tiles.sync();
  return { size: String(checkpoint.size), root: Buffer.from(checkpoint.root).toString("base64") };
}

export async function proof(parts: AuditingParts, checkpoint: SignedCheckpoint, eventId: string) {
  return proofOfEvent(await signedTiles(parts), checkpoint, eventId);
}

/** The tiles, which whoever signed has written; on another machine, or where they are gone, they are made here. */
export async function signedTiles(parts: AuditingParts): Promise<TileReading> {
  const reading = tileReading(parts.tiles);
  const { last } = await auditLogIn(parts.events);
  return (await hasEnd(reading, last)) ? reading : (await standingOf(parts)).reading;
}

/** Recorded as read before the first of it is shown. */
export async function trailOf(
  parts: AuditingParts,
  asked: TrailSought,
  nameOf: TrailParts["nameOf"],
  recording: Recording,
): Promise<AsyncIterable<TrailEntry>> {
  await recordTrailRead(parts.events, asked, recording);
  const size = (await vkeysIn(parts))?.last?.size ?? 0;
  const leafIndexOf = leafIndexIn(tileReading(parts.tiles), size);
  return trail({ events: parts.events, leafIndexOf, nameOf }, asked);
}

export async function exportBundle(
  parts: AuditingParts,
  what: { readonly run: RunId; readonly tenant: string; readonly children: boolean } | { readonly all: true },
  since: string | undefined,
  recording: Recording,
): Promise<AsyncIterable<string>> {
  const found = await vkeysIn(parts);
  if (!found?.last) throw new GleitzeitError("USAGE_ERROR", "nothing was signed yet");
  const { origin, current, old, last } = found;
  const lines = await bundleOf(
    {
      ...parts,
      reading: await signedTiles(parts),
      origin,
      vkeys: { current, old },
      checkpoint: { ...last, upTo: last.upTo === "start" ? 0n : last.upTo },
      createdAt: instantOf(parts.clock.now()),
    },
    "all" in what
      ? what
      : { run: what.run, stream: runStream(what.run, what.tenant), children: what.children },
    since === undefined ? undefined : sinceHead(since),
  );
  const shown = "all" in what ? {} : { run: what.run, children: what.children };
  await recordExport(parts.events, { format: "bundle", ...shown }, last, recording);
  return lines;
}

/**
 * Records that everything up to the newest checkpoint, or a run of it, leaves the log; `upTo` is the position of the last
 * event that does. `since`: a signed note, whose events have left before.
 */
export async function recordedExport(
  parts: AuditingParts,
  exported: Exported,
  since: string | undefined,
  recording: Recording,
): Promise<{ readonly origin: string; readonly after: Position | "start"; readonly upTo: Position }> {
  const found = await vkeysIn(parts);
  if (!found?.last) throw new GleitzeitError("USAGE_ERROR", "nothing was signed yet");
  const { origin, last } = found;
  const before = since === undefined ? undefined : sinceHead(since);
  const after = before ? await endOf(await signedTiles(parts), before, last) : "start";
  await recordExport(parts.events, exported, last, recording);
  return { origin, after, upTo: last.upTo === "start" ? 0n : last.upTo };
}

/** Where the last event of an older checkpoint stands, if the log grew out of that. */
async function endOf(reading: TileReading, since: Head, last: Head): Promise<Position | "start"> {
  if (since.size === 0) return "start";
  await grownFrom(reading, since, last);
  const [position] = await reading.positions(since.size - 1, 1);
  return position ?? "start";
}

function sinceHead(note: string) {
  const head = checkpointOf(noteOf(note)?.text ?? "");
  if (head) return head;
  throw new GleitzeitError("PARSE_ERROR", "the file given with --since holds no checkpoint");
}
