// Who was given persons' data, minute by minute: polled, it is one event a minute; of many runs, none is left out.
import { expect, test } from "vitest";
import { accessLog, payloadReads } from "../../../src/adapters/access/index.ts";
import { memoryStore } from "../../../src/adapters/event-store/index.ts";
import { systemRandom } from "../../../src/adapters/host/index.ts";
import { type Actor, accessStream, Instant, type Json, RunId } from "../../../src/domain/index.ts";
import { handClock } from "../../engine/hand-clock.ts";

const ada: Actor = { type: "service", id: "a0" };
const bob: Actor = { type: "service", id: "b0" };
const runOf = (n: number): RunId => RunId.parse(`00000000-0000-7000-8000-${String(n).padStart(12, "0")}`);
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined };

function opened() {
  const clock = handClock();
  const logged: string[] = [];
  const log = { ...quiet, error: (_: object, message: string) => logged.push(message) };
  const { events } = memoryStore();
  const reads = payloadReads(accessLog({ events, clock, random: systemRandom(), log }), clock);
  const stream = accessStream(Instant.parse("2026-03-01T12:00:00.000Z"));
  const written = async () =>
    (await events.read(stream, 0, 1000)).map(({ type, metadata, data }) => {
      const [by, what]: [{ actor: Actor }, Json] = [jsonIn(metadata), jsonIn(data)];
      return { type, by: by.actor.id, what };
    });
  return { clock, reads, written, logged };
}

const jsonIn = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString());

test("whoever polls a run is one entry of one event a minute, and each caller has an event of their own", async () => {
  const { clock, reads, written } = opened();
  for (let i = 0; i < 50; i += 1) reads.count({ actor: ada, run: runOf(1), subject: "s1" });
  reads.count({ actor: ada, run: runOf(2), subject: "s1" });
  reads.count({ actor: bob, run: runOf(1), subject: "s1" });
  expect(await written()).toEqual([]);
  await clock.advance(60_000);
  const from = "2026-03-01T12:00:00.000Z";
  expect(await written()).toEqual([
    {
      type: "PayloadRead",
      by: "a0",
      what: {
        from,
        reads: [
          { subject: "s1", run: runOf(1), count: 50 },
          { subject: "s1", run: runOf(2), count: 1 },
        ],
      },
    },
    { type: "PayloadRead", by: "b0", what: { from, reads: [{ subject: "s1", run: runOf(1), count: 1 }] } },
  ]);
  await clock.advance(600_000);
  expect(await written()).toHaveLength(2);
  expect(clock.waiting()).toBe(0);
});

test("of two hundred and fifty runs in a minute none is left out, and what is left at the end is written", async () => {
  const { reads, written } = opened();
  for (let i = 0; i < 250; i += 1) reads.count({ actor: ada, run: runOf(i), subject: `s${i}` });
  await reads.close();
  const all = await written();
  expect(all.map(({ what }) => JSON.stringify(what).match(/"run":/g)?.length)).toEqual([100, 100, 50]);
  const runs = JSON.stringify(all.map(({ what }) => what)).match(/"run":"[^"]+"/g);
  expect(new Set(runs).size).toBe(250);
});
