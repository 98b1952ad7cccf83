// What other processes do in the tests: `node child.js ROLE PATH [MORE]`, one line of output for each thing done.
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  keptReadModels,
  migrateSqlite,
  sqliteIncarnations,
  sqliteStore,
} from "../../../src/adapters/event-store/index.ts";
import { schemaOf } from "../../../src/adapters/event-store/schema.ts";
import { EventId, GleitzeitError, Incarnation, StreamName } from "../../../src/domain/index.ts";
import type { EventStore, NewEvent, ReadModels, Store } from "../../../src/engine/ports/index.ts";
import { dieBeforeCopy, dyingAt, NEXT } from "./next-schema.ts";

const [role = "", path = "", more = ""] = process.argv.slice(2);

const say = (line: string) => process.stdout.write(`${line}\n`);
const open = (readOnly = false) => sqliteStore({ path, random: Math.random, readOnly });

const event = (size: number): NewEvent => ({
  id: EventId.parse(randomUUID()),
  type: "TaskSucceeded",
  schemaVersion: 1,
  recordedAt: "2026-01-31T12:00:00.000Z",
  metadata: new Uint8Array(2),
  data: new Uint8Array(size),
  salt: new Uint8Array(randomBytes(16)),
});

/** Says the revision of each append that was acknowledged, until it is stopped or an append fails. */
async function write(store: Store, stream: StreamName, size: number): Promise<never> {
  for (let revision = 0; ; revision += 3) {
    await store.events.append(
      stream,
      revision === 0 ? "none" : revision - 1,
      [1, 2, 3].map(() => event(size)),
    );
    say(String(revision + 2));
  }
}

/** Loads everything that opening needs while this is still allowed, then becomes a user who owns nothing. */
async function becomeNobody(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "gleitzeit-warm-"));
  await (await sqliteStore({ path: join(folder, "log.db"), random: Math.random })).close();
  await rm(folder, { recursive: true });
  if (process.getuid?.() === 0) {
    process.setgid?.(65534);
    process.setuid?.(65534);
  }
}

/** Read models of the store, built event by event; says from where it reads on. */
async function slowViews(): Promise<ReadModels> {
  const { events } = await open();
  const oneByOne: EventStore = {
    ...events,
    readAll: (after, _, filter) => {
      say(String(after));
      return events.readAll(after, 1, filter);
    },
  };
  return keptReadModels({ events: oneByOne, path: more, random: Math.random, tell: say });
}

const roles: Readonly<Record<string, () => Promise<void>>> = {
  write: async () => write(await open(), StreamName.parse(more), 10),

  "write-large": async () => write(await open(), StreamName.parse(more), 10_000),

  "write-and-close": async () => {
    const store = await open();
    for (let i = 0; i < 10; i += 1) {
      await store.events.append(StreamName.parse(more), i === 0 ? "none" : i - 1, [event(10)]);
    }
    await store.close();
    say("closed");
  },

  "watch-and-leave": async () => {
    const store = await open();
    store.events.changes().subscribe((position) => say(String(position)));
    await store.events.append(StreamName.parse(more), "none", [event(10)]);
  },

  "read-as-nobody": async () => {
    await becomeNobody();
    const store = await open(true);
    say(`events ${(await store.events.readAll("start", 1_000)).events.length}`);
    await store.close();
  },

  "open-as-nobody": async () => {
    await becomeNobody();
    await (await open()).close();
    say("opened");
  },

  migrate: async () => {
    const copy = { to: async () => `${path}.backup`, first: async () => undefined };
    const schema = schemaOf(NEXT);
    const { from, to } = await migrateSqlite({ path, random: Math.random, copy, schema, patienceMs: 50 });
    say(`from ${from} to ${to}`);
  },

  "migrate-and-die": async () => {
    const copy = { to: async () => `${path}.backup`, first: () => dieBeforeCopy(more) };
    await migrateSqlite({ path, random: Math.random, copy, schema: dyingAt(more) });
  },

  "build-views": async () => {
    await (await slowViews()).counts("main");
  },

  "rebuild-views": async () => {
    await (await slowViews()).rebuild("run-list");
  },

  live: async () => {
    await sqliteIncarnations({ directory: path, own: Incarnation.parse(more) });
    setFlagsFromString("--expose-gc"); // nobody keeps what was given: collecting it must not end the life
    setImmediate(() => {
      runInNewContext("gc")();
      setImmediate(() => say("alive"));
    });
    process.stdin.resume(); // lives until its input ends, or it is killed
  },
};

try {
  await roles[role]?.();
} catch (error) {
  if (!(error instanceof GleitzeitError)) throw error;
  say(`${error.code}: ${error.message}`);
}
