// Reads a whole log as an operator wants it read: is everything there, in order, and can it be understood?
import {
  type Position,
  parseJson,
  readPoolEvent,
  readSettingsEvent,
  readWebhookEvent,
  runOfStream,
  type StreamName,
} from "../../domain/index.ts";
import type { Sha256, Store, StoredEvent } from "../ports/index.ts";
import { decode, decodeRegistered } from "./decode.ts";
import { hashesIn, type Named, namedBy } from "./hashes-in.ts";

export type LogProblem = {
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly message: string;
};

export type LogCheck = {
  readonly events: number;
  readonly streams: number;
  /** Named by events and looked at, each once. */
  readonly blobs: number;
  /** The first ones; `found` counts all. */
  readonly problems: readonly LogProblem[];
  readonly found: number;
};

const PAGE = 500;
const MOST_PROBLEMS = 100;

/** Constant memory but for one number a stream and one hash a blob. */
export async function checkLog(
  { events, blobs }: Store,
  sha256: Sha256,
  tenantOf: TenantOf,
): Promise<LogCheck> {
  const next = new Map<StreamName, number>();
  const seen = new Set<string>();
  const problems: LogProblem[] = [];
  let [count, found] = [0, 0];

  const report = ({ stream, revision, position }: StoredEvent, message: string): void => {
    found += 1;
    if (problems.length < MOST_PROBLEMS) {
      problems.push({ stream, revision, position: String(position), message });
    }
  };

  /** The bytes of a blob that was not looked at before, if it is whole. */
  const lookAtBlob = async (event: StoredEvent, hash: string): Promise<Uint8Array | undefined> => {
    const tenant = tenantOf(event.stream);
    if (seen.has(`${tenant} ${hash}`)) return undefined;
    seen.add(`${tenant} ${hash}`);
    const bytes = await blobs.get(tenant, hash);
    if (bytes === undefined) report(event, `blob ${hash} is missing`);
    else if (`sha256-${sha256(bytes)}` === hash) return bytes;
    else report(event, `blob ${hash} holds other bytes`);
    return undefined;
  };

  const lookAtBlobs = async (event: StoredEvent): Promise<void> => {
    await lookAtNamed(event, namedBy(event));
  };

  const lookAtNamed = async (event: StoredEvent, { hashes, lists }: Named): Promise<void> => {
    for (const hash of hashes) {
      const bytes = await lookAtBlob(event, hash);
      if (bytes && lists.includes(hash)) await lookAtNamed(event, hashesIn(bytes));
    }
  };

  let after: Position | "start" = "start";
  for (;;) {
    const page = await events.readAll(after, PAGE);
    for (const event of page.events) {
      count += 1;
      const due = next.get(event.stream);
      if (due !== undefined && event.revision !== due) report(event, `revision ${due} was expected here`);
      next.set(event.stream, event.revision + 1);
      const problem = unreadable(event);
      if (problem !== undefined) report(event, problem);
      await lookAtBlobs(event);
    }
    if (page.atHead) return { events: count, streams: next.size, blobs: seen.size, problems, found };
    after = page.next;
  }
}

/** The tenant whose blobs the events of a stream name. */
type TenantOf = (stream: StreamName) => string;

/** Events of runs, workflows, instances, webhooks and settings are checked against their schemas; of other streams this version only knows that they are there. */
function unreadable(event: StoredEvent): string | undefined {
  if (event.stream.startsWith("provider-")) return unreadableAs(readPoolEvent, event);
  if (event.stream.startsWith("webhook-")) return unreadableAs(readWebhookEvent, event);
  if (event.stream.startsWith("settings-")) return unreadableAs(readSettingsEvent, event);
  const isRun = runOfStream(event.stream) !== undefined;
  if (!isRun && !event.stream.startsWith("workflow-")) return undefined;
  try {
    if (isRun) decode(event);
    else decodeRegistered(event);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

type Read = typeof readPoolEvent | typeof readWebhookEvent | typeof readSettingsEvent;

function unreadableAs(read: Read, { type, schemaVersion, data }: StoredEvent): string | undefined {
  const isRead = read(type, schemaVersion, parseJson(new TextDecoder().decode(data))) !== undefined;
  return isRead ? undefined : `${type} ${schemaVersion} cannot be read: written by a newer version?`;
}
