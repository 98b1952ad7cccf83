// What a server may do to a store in the middle of something: not be there, go away, come back, never answer.
import { firstValueFrom, lastValueFrom, take, toArray } from "rxjs";
import { describe, expect, test } from "vitest";
import { follow } from "../../../../src/engine/log/follow.ts";
import type { EventStore } from "../../../../src/engine/ports/index.ts";
import { handClock } from "../../../engine/hand-clock.ts";
import { appendOneByOne, blob, event, events, idsOf, runStream } from "../samples.ts";
import { servers } from "./servers.ts";

const { start, open } = servers();

/** An answer is waited for ten seconds; then a moment, before the same is asked again. */
const ANSWER_AND_PAUSE_MS = 10_100;

describe.each([
  ["in batches", true],
  ["call by call", false],
])("appended %s", (_, batch) => {
  test.each(["refuse", "cut"] as const)(
    "what meets a connection that breaks (%s) is written once",
    async (fault) => {
      const server = await start({ batch });
      const store = await open(server.url());
      const [stream, given] = [runStream(), events(3)];
      server.faults.plan("append", fault, fault);
      const appended = await store.events.append(stream, "none", given);
      const stored = await store.events.read(stream, 0, 10);
      expect(idsOf(stored)).toEqual(idsOf(given));
      expect(appended).toEqual({ revision: 2, position: stored.at(-1)?.position });
      await store.events.append(stream, 2, events(1));
    },
  );

  test.each(["hang", "mute"] as const)(
    "what is not answered (%s) is asked again, and written once",
    async (fault) => {
      const server = await start({ batch });
      const clock = handClock();
      const store = await open(server.url(), { clock });
      const [stream, given] = [runStream(), events(2)];
      server.faults.plan("append", fault);
      const appended = store.events.append(stream, "none", given);
      await server.faults.met("append");
      await clock.advance(ANSWER_AND_PAUSE_MS);
      expect(await appended).toMatchObject({ revision: 1 });
      expect(idsOf(await store.events.read(stream, 0, 10))).toEqual(idsOf(given));
    },
  );

  test("what is never answered is a failure in the end, and hints that it may stand", async () => {
    const server = await start({ batch });
    const clock = handClock();
    const store = await open(server.url(), { clock, patienceMs: 0 });
    const [stream, given] = [runStream(), events(2)];
    server.faults.plan("append", "mute");
    const hint = firstValueFrom(store.events.changes());
    const failure = store.events.append(stream, "none", given).catch((error: unknown) => error);
    await server.faults.met("append");
    await clock.advance(ANSWER_AND_PAUSE_MS);
    expect(await failure).toMatchObject({
      code: "PERSISTENCE_CONNECTION_FAILED",
      message: expect.stringContaining("esdb://test cannot be reached"),
    });
    await hint;
    expect(idsOf(await store.events.read(stream, 0, 10))).toEqual(idsOf(given));
  });

  test("a restart under many writers and a follower loses nothing and repeats nothing", async () => {
    const first = await start({ batch });
    const store = await open(first.url());
    const [writers, each] = [30, 12];
    const seen = lastValueFrom(follow(store.events, "start").pipe(take(writers * each), toArray()));
    const writing = Array.from({ length: writers }, () => appendOneByOne(store.events, runStream(), each));
    await grown(store.events, (writers * each) / 3);
    first.stop();
    await start({ batch, log: first.log, port: first.port });
    await Promise.all(writing);
    const all = await seen;
    expect(new Set(idsOf(all)).size).toBe(writers * each);
    const positions = all.map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted((a, b) => (a < b ? -1 : 1)));
  });
});

test("the first word with no server there is a failure at once, which says what may help", async () => {
  const server = await start();
  server.stop();
  for (const url of [server.url(), server.url("esdb+discover")]) {
    await expect(open(url)).rejects.toMatchObject({
      code: "PERSISTENCE_CONNECTION_FAILED",
      message: expect.stringContaining("`?tls=false`"),
    });
  }
});

test("a server that went away is a failure of what is read and written, and none once it is back", async () => {
  const first = await start();
  const store = await open(first.url(), { patienceMs: 0 });
  await store.events.append(runStream(), "none", events(1));
  first.stop();
  const uses = [
    () => store.events.append(runStream(), "none", events(1)),
    () => store.events.readAll("start", 10),
    () => store.events.head(),
    () => store.blobs.get("main", blob(new Uint8Array(3)).hash),
  ];
  for (const use of uses) {
    await expect(use()).rejects.toMatchObject({ code: "PERSISTENCE_CONNECTION_FAILED" });
  }
  await start({ log: first.log, port: first.port });
  expect((await store.events.readAll("start", 10)).events).toHaveLength(1);
  await store.events.append(runStream(), "none", events(1));
});

test("a read that hangs is asked again", async () => {
  const server = await start();
  const clock = handClock();
  const store = await open(server.url(), { clock });
  const stream = runStream();
  await store.events.append(stream, "none", events(2));
  server.faults.plan("read", "hang");
  const read = store.events.read(stream, 0, 10);
  await server.faults.met("read");
  await clock.advance(ANSWER_AND_PAUSE_MS);
  expect(await read).toHaveLength(2);
});

test("closing does not wait for an answer that does not come", async () => {
  const server = await start();
  const clock = handClock();
  const store = await open(server.url(), { clock });
  server.faults.plan("read", "hang");
  const read = store.events.read(runStream(), 0, 10);
  await server.faults.met("read");
  await store.close();
  await expect(read).rejects.toMatchObject({ message: expect.stringContaining("closed") });
  expect(clock.waiting()).toBe(0);
});

test("a subscription that ends is followed by another, from the last event seen", async () => {
  const server = await start();
  const [store, other] = [await open(server.url()), await open(server.url())];
  server.faults.plan("subscribe", "refuse", "refuse");
  const seen = lastValueFrom(follow(store.events, "start").pipe(take(40), toArray()));
  await appendOneByOne(other.events, runStream(), 20);
  server.stop();
  const again = await start({ log: server.log, port: server.port });
  again.faults.plan("subscribe", "refuse");
  await appendOneByOne(other.events, runStream(), 20);
  expect(new Set(idsOf(await seen)).size).toBe(40);
});

test("two stores of one process: one that breaks or closes does not end what the other has under way", async () => {
  const [one, two] = [await start(), await start()];
  const [broken, whole] = [await open(one.url(), { patienceMs: 0 }), await open(two.url())];
  const failed = Promise.allSettled(
    Array.from({ length: 40 }, () => broken.events.append(runStream(), "none", events(2))),
  );
  const written = Array.from({ length: 40 }, () => whole.events.append(runStream(), "none", events(2)));
  one.stop();
  expect(await Promise.all(written)).toHaveLength(40);
  await failed;
  await broken.close();
  await whole.events.append(runStream(), "none", [event()]);
  expect([one.appends().single, two.appends().batch]).toEqual([0, 1]);
});

/** Resolves when the log has so many events. */
async function grown(store: EventStore, count: number): Promise<void> {
  await lastValueFrom(follow(store, "start").pipe(take(count)));
}
