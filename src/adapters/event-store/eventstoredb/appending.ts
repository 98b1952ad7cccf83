// One append, to its end.
//
// 1. The server knows an append again by ids that stand where it would go, and by nothing else. Ids that this
//    process has written lately are known here, so that they are refused in another place too.
// 2. An append that was not answered is repeated with the same ids until it is: then the server says where the
//    first one stands, or writes it.
// 3. A refusal is looked at before it is believed: if all of it stands where it would go, it was not refused.
// 4. Blobs are durable before the append that names them. The server has no transaction for both, so the stream is
//    looked at first: an append that is bound to be refused leaves no blobs behind.
import type { Revision, StreamName } from "../../../domain/index.ts";
import {
  type Appended,
  type NewEvent,
  type StoredEvent,
  VersionConflict,
} from "../../../engine/ports/index.ts";
import { recent } from "../recent.ts";
import { tenantOfStream } from "../tenant-of-stream.ts";
import type { Blobs } from "./blobs.ts";
import type { Connection } from "./connection.ts";
import { eventDataOf } from "./event-codec.ts";
import { isWrongVersion } from "./failure.ts";
import type { Names } from "./names.ts";
import { type Patience, patiently } from "./patience.ts";
import type { Reading } from "./reading.ts";

const KNOWN_IDS = 20_000;

export type Outcome = { readonly appended: Appended; readonly isNew: boolean };

export type Appending = {
  readonly append: (
    stream: StreamName,
    expected: Revision | "none",
    events: readonly NewEvent[],
  ) => Promise<Outcome>;
  /** Written by this process, or being written. */
  readonly isOwn: (id: string) => boolean;
};

export type AppendingParts = {
  readonly connection: Connection;
  readonly names: Names;
  readonly patience: Patience;
  readonly reading: Pick<Reading, "read" | "lastRevision">;
  readonly blobs: Pick<Blobs, "put">;
  /** A position that was there before; new ones lie behind it. */
  readonly known: () => bigint;
};

export function appending(parts: AppendingParts): Appending {
  const { connection, names, patience, reading, blobs, known } = parts;
  const written = recent<string, true>(KNOWN_IDS);
  const underWay = new Set<string>();

  async function append(
    stream: StreamName,
    expected: Revision | "none",
    events: readonly NewEvent[],
  ): Promise<Outcome> {
    const next = expected === "none" ? 0 : expected + 1;
    const repeated = async (): Promise<Outcome> => {
      const last = await standing(stream, next, events);
      if (last) return { appended: last, isNew: false };
      throw new VersionConflict(stream, expected);
    };
    if (new Set(events.map(({ id }) => id)).size < events.length) throw new VersionConflict(stream, expected);
    if (events.some(({ id }) => written.get(id))) return repeated();
    const carried = events.flatMap((event) => event.blobs ?? []);
    if (carried.length > 0) {
      if ((await reading.lastRevision(stream)) !== next - 1) return repeated();
      for (const blob of carried) await blobs.put(tenantOfStream(stream), blob);
    }
    try {
      return await write(stream, next, events);
    } catch (error) {
      if (isWrongVersion(error)) return repeated();
      throw error;
    }
  }

  async function write(stream: StreamName, next: Revision, events: readonly NewEvent[]): Promise<Outcome> {
    const data = events.map(eventDataOf);
    const expected = next === 0 ? "no_stream" : BigInt(next - 1);
    const before = known();
    for (const { id } of events) underWay.add(id);
    try {
      let wasRepeated = false;
      const { position } = await patiently(patience, ({ isRepeated }) => {
        wasRepeated ||= isRepeated;
        return connection.append(names.toServer(stream), expected, data);
      });
      for (const { id } of events) written.set(id, true);
      // What stood already is answered with a place of the server's choice.
      const isNew = position !== undefined && position.commit > before;
      if (!isNew || wasRepeated) {
        const last = await standing(stream, next, events);
        if (last) return { appended: last, isNew };
      }
      return {
        appended: { revision: next + events.length - 1, position: position?.commit ?? before },
        isNew: true,
      };
    } finally {
      for (const { id } of events) underWay.delete(id);
    }
  }

  /** The place of the last of these events, if all of them stand from `next` on. */
  async function standing(
    stream: StreamName,
    next: Revision,
    events: readonly NewEvent[],
  ): Promise<Appended | undefined> {
    const found = await reading.read(stream, next, events.length);
    const last = found.at(-1);
    return last && isSame(found, events) ? { revision: last.revision, position: last.position } : undefined;
  }

  return { append, isOwn: (id) => underWay.has(id) || written.get(id) === true };
}

const isSame = (found: readonly StoredEvent[], events: readonly NewEvent[]): boolean =>
  found.length === events.length && events.every(({ id }, i) => found[i]?.id === id);
