// One file, several processes: nothing lost, nothing twice, nobody starved, nothing kept alive.
import { firstValueFrom, lastValueFrom, take, takeWhile, toArray } from "rxjs";
import { expect, test } from "vitest";
import { type Database, sqliteDriver } from "../../../src/adapters/event-store/driver.ts";
import { follow } from "../../../src/engine/log/follow.ts";
import type { StoredEvent } from "../../../src/engine/ports/index.ts";
import { children } from "./children.ts";
import { folderPerTest } from "./folder.ts";
import { appendOneByOne, event, events, idsOf, runStream } from "./samples.ts";

const start = children();
const folder = folderPerTest();

/** Another connection that does not know the store's manners. */
async function connection(path: string): Promise<Database> {
  const { DatabaseSync } = await sqliteDriver();
  return new DatabaseSync(path);
}

const positionsOf = (list: readonly StoredEvent[]) => list.map(({ position }) => Number(position));

test("what another process writes is followed as it comes, and stands when that process is killed", async () => {
  const [theirs, ours, path] = [runStream(), runStream(), folder.path("log.db")];
  const store = await folder.open(path);
  const child = start("write", path, theirs);
  const seen = lastValueFrom(
    follow(store.events, "start").pipe(
      takeWhile(({ stream, revision }) => stream !== theirs || revision < 300, true),
      toArray(),
    ),
  );
  const writing = appendOneByOne(store.events, ours, 50);
  let acknowledged = -1;
  while (acknowledged < 300) acknowledged = Number(await child.line());
  child.kill("SIGKILL");
  for (const line of await child.rest()) acknowledged = Number(line);
  expect(await child.ended()).toBe("SIGKILL");
  await writing;

  const followed = await seen;
  expect(positionsOf(followed)).toEqual(followed.map((_, i) => i + 1));
  const stored = await store.events.read(theirs, 0, 100_000);
  expect(stored.length).toBeGreaterThanOrEqual(acknowledged + 1);
  expect(stored.length % 3).toBe(0); // each append had three events: all or none
  expect(stored.map(({ revision }) => revision)).toEqual(stored.map((_, i) => i));
  const all = (await store.events.readAll("start", 100_000)).events;
  expect(positionsOf(all)).toEqual(all.map((_, i) => i + 1));
  await store.events.append(theirs, stored.length - 1, events(1));
});

test("whoever asks for changes of others hears of those alone", async () => {
  const path = folder.path("log.db");
  const [store, other] = [await folder.open(path), await folder.open(path)];
  const heard: bigint[] = [];
  const watching = store.events.changes("others").subscribe((position) => heard.push(position));
  const theirs = firstValueFrom(store.events.changes("others"));
  await appendOneByOne(store.events, runStream(), 20);
  expect(heard).toEqual([]);
  await other.events.append(runStream(), "none", events(1));
  expect(await theirs).toBe(21n);
  await appendOneByOne(store.events, runStream(), 20); // at most once more: it may have been seen twice
  expect(heard.length).toBeLessThanOrEqual(2);
  watching.unsubscribe();
});

test("two busy writers both get through", async () => {
  const path = folder.path("log.db");
  const writers = [start("write", path, runStream()), start("write", path, runStream())];
  for (let turn = 0; turn < 200; turn += 1) {
    for (const writer of writers) expect(await writer.line()).toBe(String(turn * 3 + 2));
  }
});

test("processes that create, write and close one store at the same time are not in each other's way", async () => {
  for (const round of [1, 2, 3]) {
    const path = folder.path(`${round}.db`);
    const writers = Array.from({ length: 4 }, () => start("write-and-close", path, runStream()));
    expect(await Promise.all(writers.map((writer) => writer.rest()))).toEqual(writers.map(() => ["closed"]));
    const all = await (await folder.open(path)).events.readAll("start", 100);
    expect(positionsOf(all.events)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  }
});

test("a follower leaves no gap for a transaction that takes its time", async () => {
  const path = folder.path("log.db");
  const [before, slow, after, stream] = [event(), event(), event(), runStream()];
  const store = await folder.open(path);
  await store.events.append(stream, "none", [before]);
  const seen = lastValueFrom(follow(store.events, "start").pipe(take(3), toArray()));
  const other = await connection(path);
  other.exec(
    "BEGIN IMMEDIATE; UPDATE log SET head = 2; INSERT INTO streams (name, head) VALUES ('audit', 0)",
  );
  other
    .prepare(
      `INSERT INTO events SELECT 2, key, 0, ?, 'Slow', 1, '2026-01-31T12:00:00.000Z', x'', x'', x''
       FROM streams WHERE name = 'audit'`,
    )
    .run(slow.id);
  const appended = store.events.append(stream, 0, [after]);
  for (let turn = 0; turn < 20; turn += 1) {
    expect((await store.events.readAll("start", 10)).events).toHaveLength(1);
  }
  other.exec("COMMIT");
  expect(await appended).toEqual({ revision: 1, position: 3n });
  expect(idsOf(await seen)).toEqual(idsOf([before, slow, after]));
  other.close();
});

test("a file that is held for too long is reported, and used again when it is free", async () => {
  const path = folder.path("log.db");
  const store = await folder.open(path, { patienceMs: 10 });
  const stream = runStream();
  const other = await connection(path);
  other.exec("BEGIN IMMEDIATE");
  const given = events(1);
  const busy = {
    code: "PERSISTENCE_CONNECTION_FAILED",
    message: expect.stringContaining("held by another process"),
  };
  const attempts = [store.events.append(stream, "none", given), store.events.append(stream, 0, events(1))];
  for (const attempt of await Promise.allSettled(attempts)) {
    expect(attempt).toMatchObject({ status: "rejected", reason: busy });
  }
  expect(await store.events.read(stream, 0, 1)).toEqual([]);
  other.exec("ROLLBACK");
  expect(await store.events.append(stream, "none", given)).toEqual({ revision: 0, position: 1n });
  other.close();
});

test("a store waits for others when it is opened, too", async () => {
  const path = folder.path("log.db");
  const other = await connection(path);
  other.exec("BEGIN EXCLUSIVE");
  await expect(folder.open(path, { patienceMs: 10 })).rejects.toMatchObject({
    code: "PERSISTENCE_CONNECTION_FAILED",
  });
  const opening = folder.open(path);
  other.exec("ROLLBACK");
  await appendOneByOne((await opening).events, runStream(), 1);
  other.close();
});

test("appends of one moment share one commit", async () => {
  const store = await folder.open(folder.path("log.db"));
  const told: bigint[] = [];
  store.events.changes().subscribe((position) => told.push(position));
  await Promise.all(Array.from({ length: 50 }, () => store.events.append(runStream(), "none", events(3))));
  expect(told).toEqual([150n]);
});

test("what is too much for one commit is spread over several, in order", async () => {
  const store = await folder.open(folder.path("log.db"));
  const told: bigint[] = [];
  store.events.changes().subscribe((position) => told.push(position));
  const streams = Array.from({ length: 9 }, () => runStream());
  const appended = await Promise.all(streams.map((one) => store.events.append(one, "none", events(500))));
  expect(told).toEqual([2000n, 4000n, 4500n]);
  expect(appended.map(({ position }) => position)).toEqual(streams.map((_, i) => BigInt((i + 1) * 500)));
});

test("an open store that is watched keeps no process alive", async () => {
  const child = start("watch-and-leave", folder.path("log.db"), runStream());
  expect(await child.rest()).toEqual(["1"]);
  expect(await child.ended()).toBe(0);
});

test("a closed store leaves one file, even if it was killed before", async () => {
  const path = folder.path("log.db");
  const child = start("write", path, runStream());
  await child.line();
  child.kill("SIGKILL");
  await child.ended();
  const store = await folder.open(path);
  await firstValueFrom(follow(store.events, "start"));
  await store.close();
  expect(await folder.files()).toEqual(["log.db"]);
});
