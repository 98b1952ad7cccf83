// Random interleavings of appends against the simplest log there is: a list per stream.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventId, StreamName } from "../../../../src/domain/index.ts";
import { type EventStore, type NewEvent, VersionConflict } from "../../../../src/engine/ports/index.ts";
import type { LogTraits, OpenStore } from "../event-store.contract.ts";
import { event, events, runStream } from "../samples.ts";

type Model = {
  readonly streams: ReadonlyMap<StreamName, EventId[]>;
  readonly ids: Set<EventId>;
  readonly order: EventId[];
};

/** `drift` 0 is the right revision; `again` repeats an append made before; `mixed` adds an id that stands already. */
const step = fc.record({
  stream: fc.nat(2),
  count: fc.integer({ min: 1, max: 4 }),
  drift: fc.constantFrom(0, 0, 0, 0, -1, 1, 5),
  kind: fc.constantFrom("fresh", "fresh", "fresh", "again", "mixed"),
  pick: fc.nat(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

type Attempt = {
  readonly stream: StreamName;
  readonly expected: number | "none";
  readonly given: readonly NewEvent[];
};

export function describeModel(open: OpenStore, log: LogTraits): void {
  describe("any interleaving of appends", () => {
    test("has the outcomes and leaves the log that the model has", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(step, { maxLength: 8 }), { maxLength: 8 }), async (turns) => {
          const opened = await open();
          try {
            await expectSameAsModel(
              opened.store.events,
              log.takesInOrder ? turns : turns.flat().map((one) => [one]),
            );
          } finally {
            await opened.remove();
          }
        }),
        { numRuns: log.takesInOrder ? 60 : 25 },
      );
    });
  });
}

/** All steps of one turn are in flight together, which is for a store that takes them as they were asked. */
async function expectSameAsModel(store: EventStore, turns: readonly (readonly Step[])[]): Promise<void> {
  const names = [runStream(), runStream(), runStream()];
  const model: Model = { streams: new Map(names.map((name) => [name, []])), ids: new Set(), order: [] };
  const made: Attempt[] = [];
  for (const turn of turns) {
    const answers = turn.map((one) => {
      const attempt = attemptOf(one, names, model, made);
      made.push(attempt);
      return { attempt, expected: apply(model, attempt), actual: answerOf(store, attempt) };
    });
    for (const { attempt, expected, actual } of answers) {
      expect({ ...attempt, answer: await actual }).toEqual({ ...attempt, answer: expected });
    }
  }
  const { events: all, atHead } = await store.readAll("start", 10_000);
  expect([all.map(({ id }) => id), atHead]).toEqual([model.order, true]);
  for (const [name, ids] of model.streams) {
    const stored = await store.read(name, 0, 10_000);
    expect(stored.map(({ id, revision }) => [id, revision])).toEqual(ids.map((id, i) => [id, i]));
  }
}

function attemptOf(
  { stream, count, drift, kind, pick }: Step,
  names: readonly StreamName[],
  model: Model,
  made: Attempt[],
): Attempt {
  const before = made[pick % Math.max(made.length, 1)];
  if (kind === "again" && before) return before;
  const name = names[stream] ?? runStream();
  const last = (model.streams.get(name)?.length ?? 0) - 1 + drift;
  const standing = model.order[pick % Math.max(model.order.length, 1)];
  const extra = kind === "mixed" && standing ? [event({ id: standing })] : [];
  return { stream: name, expected: last < 0 ? "none" : last, given: [...events(count), ...extra] };
}

/** The revision of the last event, or "conflict". */
function apply({ streams, ids, order }: Model, { stream, expected, given }: Attempt): number | "conflict" {
  const log = streams.get(stream) ?? [];
  const next = expected === "none" ? 0 : expected + 1;
  const last = next + given.length - 1;
  if (given.every(({ id }, i) => log[next + i] === id)) return last;
  if (log.length !== next || given.some(({ id }) => ids.has(id))) return "conflict";
  for (const { id } of given) {
    log.push(id);
    ids.add(id);
    order.push(id);
  }
  return last;
}

async function answerOf(store: EventStore, attempt: Attempt): Promise<number | "conflict"> {
  try {
    return (await store.append(attempt.stream, attempt.expected, attempt.given)).revision;
  } catch (error) {
    if (error instanceof VersionConflict) return "conflict";
    throw error;
  }
}
