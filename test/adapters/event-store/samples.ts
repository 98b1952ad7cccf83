// Events and streams as a writer would hand them over; their bytes are opaque to every store.
import { randomBytes, randomUUID } from "node:crypto";
import { expect } from "vitest";
import { hashOf } from "../../../src/adapters/event-store/index.ts";
import { EventId, type Revision, StreamName } from "../../../src/domain/index.ts";
import {
  type Blob,
  type EventStore,
  type NewEvent,
  VersionConflict,
} from "../../../src/engine/ports/index.ts";

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const eventId = (): EventId => EventId.parse(randomUUID());

export const runStream = (tenant = "main"): StreamName => StreamName.parse(`run-${tenant}.${randomUUID()}`);

export const event = (more: Partial<NewEvent> = {}): NewEvent => ({
  id: eventId(),
  type: "TaskSucceeded",
  schemaVersion: 1,
  recordedAt: "2026-01-31T12:00:00.000Z",
  metadata: bytes('{"tenant":"main"}'),
  data: bytes('{"task":"a"}'),
  salt: new Uint8Array(randomBytes(16)),
  ...more,
});

export const events = (count: number): readonly NewEvent[] => Array.from({ length: count }, () => event());

export const blob = (content: Uint8Array): Blob => ({ hash: hashOf(content), bytes: content });

export const idsOf = (list: readonly { readonly id: EventId }[]): readonly EventId[] =>
  list.map(({ id }) => id);

/** What came of a number of attempts: the values of those that won, and how many met a conflict. */
export async function outcomes<T>(attempts: readonly Promise<T>[]) {
  const settled = await Promise.allSettled(attempts);
  const won = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const lost = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(lost.filter((reason) => !(reason instanceof VersionConflict))).toEqual([]);
  return { won, conflicts: lost.length };
}

/** One event after the other, each when the one before is durable. */
export async function appendOneByOne(store: EventStore, stream: StreamName, count: number): Promise<void> {
  for (let next: Revision = 0; next < count; next += 1) {
    await store.append(stream, next === 0 ? "none" : next - 1, [event()]);
  }
}
