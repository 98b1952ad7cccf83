// Leaves and events side by side, wherever the pages of the one and the tiles of the other end.
import fc from "fast-check";
import { expect, test } from "vitest";
import { memoryTiles } from "../../../src/adapters/audit/tile-store.ts";
import { tileTree } from "../../../src/adapters/audit/tile-tree.ts";
import { tileReading } from "../../../src/adapters/audit/tiles.ts";
import { alongLog } from "../../../src/adapters/audit/walk.ts";
import { memoryStore } from "../../../src/adapters/event-store/index.ts";
import { systemClock, systemRandom } from "../../../src/adapters/host/index.ts";
import { AUDIT_STREAM, StreamName } from "../../../src/domain/index.ts";
import { type EventStore, plainEvent, type StoredEvent } from "../../../src/engine/index.ts";

const recording = {
  actor: { type: "service", id: "test" },
  clock: systemClock(),
  random: systemRandom(),
} as const;
const one = plainEvent({ type: "Noted", data: {} }, 1, recording);
const stream = StreamName.parse("schedule-main.a");

/** What stands at a place in the log: an event, its leaf, both, or an event of the audit log, which has none. */
const KINDS = ["both", "both", "both", "both", "event", "leaf", "audit"] as const;
type Kind = (typeof KINDS)[number];
const isEvent = (kind: Kind): boolean => kind !== "leaf";
const isLeaf = (kind: Kind): boolean => kind === "both" || kind === "leaf";

function storeOf(kinds: readonly Kind[], page: number): EventStore {
  const events: readonly StoredEvent[] = kinds.flatMap((kind, i) =>
    isEvent(kind)
      ? [{ ...one, revision: i, position: BigInt(i + 1), stream: kind === "audit" ? AUDIT_STREAM : stream }]
      : [],
  );
  const readAll: EventStore["readAll"] = async (after) => {
    const rest = events.filter(({ position }) => after === "start" || position > after);
    const some = rest.slice(0, page);
    return { events: some, next: some.at(-1)?.position ?? after, atHead: some.length === rest.length };
  };
  return { ...memoryStore().events, readAll };
}

async function readingOf(kinds: readonly Kind[]) {
  const tiles = memoryTiles();
  const tree = await tileTree(tiles, tileReading(tiles), 0);
  await tree.append(
    kinds.flatMap((kind, i) =>
      isLeaf(kind) ? [{ leaf: Buffer.from(`${i}`), position: BigInt(i + 1) }] : [],
    ),
  );
  return { reading: tileReading(tiles), size: tree.size() };
}

async function walked(kinds: readonly Kind[], page: number): Promise<readonly string[]> {
  const { reading, size } = await readingOf(kinds);
  const steps: string[] = [];
  for await (const some of alongLog(storeOf(kinds, page), reading, size)) {
    for (const { position, index, leaf, event } of some) {
      if (event && event.position !== position) throw new Error("another event");
      steps.push(
        `${position} ${index} ${leaf ? Buffer.from(leaf).toString() : "-"} ${event ? "event" : "-"}`,
      );
    }
  }
  return steps;
}

/** In one loop over everything; what comes after the last leaf is not signed yet. */
function expected(kinds: readonly Kind[]): readonly string[] {
  let index = 0;
  const end = kinds.findLastIndex(isLeaf);
  return kinds.slice(0, end + 1).flatMap((kind, i) => {
    if (kind === "audit") return [];
    const leaf = isLeaf(kind) ? `${index++} ${i}` : "undefined -";
    return [`${i + 1} ${leaf} ${isEvent(kind) ? "event" : "-"}`];
  });
}

test("each leaf and each event comes once, in the order of the log", async () => {
  const kinds = fc.array(fc.constantFrom(...KINDS), { maxLength: 900, size: "max" });
  await fc.assert(
    fc.asyncProperty(kinds, fc.integer({ min: 1, max: 400 }), async (log, page) => {
      expect(await walked(log, page)).toEqual(expected(log));
    }),
    { numRuns: 60 },
  );
});

test.each(["event", "leaf"] as const)("many of one kind, %s, before the first of both", async (kind) => {
  const log = [...Array.from({ length: 700 }, () => kind), "both" as const, "audit" as const];
  expect(await walked(log, 100)).toEqual(expected(log));
});

test("who stops in between is not told of what could not be read ahead", async () => {
  const kinds = Array.from({ length: 600 }, () => "both" as const);
  const { reading, size } = await readingOf(kinds);
  const events = storeOf(kinds, 100);
  let asked = 0;
  const readAll: EventStore["readAll"] = (...given) => {
    asked += 1;
    return asked === 1 ? events.readAll(...given) : Promise.reject(new Error("the disk is gone"));
  };
  const steps = alongLog({ ...events, readAll }, reading, size);
  expect((await steps.next()).value).toHaveLength(100);
  await steps.return(undefined);
  expect(asked).toBe(2);
});
