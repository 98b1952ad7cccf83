// Long runs are gone on with from a snapshot and what came after it, and from the log whenever that does not hold.
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { memoryStore } from "../../src/adapters/event-store/index.ts";
import { fileSnapshots } from "../../src/adapters/snapshots/index.ts";
import { type RunId, runStream } from "../../src/domain/index.ts";
import type { EventStore, Snapshots, Store } from "../../src/engine/ports/index.ts";
import { handClock, settled } from "./hand-clock.ts";
import { CLI, ok, rig, scripted, TENANT, workflow } from "./rig.ts";

const ELEMENTS = 150;
const limits = { snapshotEvents: 50 };
/** Many short tasks, then one that never answers by itself. */
const long = workflow([
  { id: "each", for_each: Array.from({ length: ELEMENTS }, (_, i) => i), params: { n: "${item}" } },
  { id: "last", dependencies: ["each"] },
]);

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gz-snapshots-"));
});
afterEach(() => rm(folder, { recursive: true }));

const kept = (): Snapshots => fileSnapshots(folder, () => crypto.randomUUID());

/** At once, so that it is known how far it went. */
function remembered(): Snapshots {
  const all = new Map<string, Uint8Array>();
  return {
    get: async (stream) => all.get(stream),
    put: async (stream, bytes) => void all.set(stream, bytes),
    remove: async (stream) => void all.delete(stream),
  };
}

/** Leaves the run before its last task has ended. */
async function left(store: Store, snapshots: Snapshots): Promise<RunId> {
  const first = rig({
    store,
    snapshots,
    limits,
    providers: [scripted(({ task }) => (task === "last" ? undefined : ok(1)))],
  });
  const { run } = await first.run(long);
  while ((await last(store, run)) !== "TaskScheduled last") await settled();
  await first.engine.close();
  return run;
}

const last = async ({ events }: Store, run: RunId): Promise<string> => {
  const all = await events.read(runStream(run, TENANT), 2 * ELEMENTS, 100);
  const event = all.at(-1);
  return event ? `${event.type} ${JSON.parse(new TextDecoder().decode(event.data)).task}` : "";
};

/** Goes on with it elsewhere; how many events were read for that before the run was taken. */
async function resumed(store: Store, run: RunId, snapshots: Snapshots | undefined) {
  let read = 0;
  const counted = (events: EventStore): EventStore => ({
    ...events,
    append: (...args) => events.append(...args),
    read: async (...args) => {
      const page = await events.read(...args);
      read += page.length;
      return page;
    },
  });
  const second = rig({
    store,
    events: counted,
    clock: handClock(),
    providers: [scripted(() => ok(2))],
    ...(snapshots && { snapshots }),
  });
  const end = await second.engine.drive(run, TENANT, CLI);
  await second.engine.close();
  return { end, read };
}

const succeeded = { kind: "ended", status: "succeeded" };

test("the tail alone is read, and the end is the same", async () => {
  const store = memoryStore();
  const snapshots = remembered();
  const run = await left(store, snapshots);
  const length = (await store.events.read(runStream(run, TENANT), 0, 100_000)).length;
  expect(length).toBeGreaterThan(2 * ELEMENTS);
  const { end, read } = await resumed(store, run, snapshots);
  expect(end).toEqual(succeeded);
  expect(read).toBeLessThan(length / 2);
  const events = await store.events.read(runStream(run, TENANT), 0, 100_000);
  const done = events.filter(({ type }) => type === "TaskSucceeded");
  expect(done).toHaveLength(ELEMENTS + 2);
});

test("what is missing, damaged, cut, of another version or of another log is as good as none", async () => {
  const store = memoryStore();
  const run = await left(store, kept());
  const [name = ""] = await readdir(folder);
  const path = join(folder, name);
  const whole = await readFile(path, "utf8");
  const length = (await store.events.read(runStream(run, TENANT), 0, 100_000)).length;
  const spoilt: readonly (readonly [string, string | undefined])[] = [
    ["missing", undefined],
    ["empty", ""],
    ["cut", whole.slice(0, -100)],
    ["damaged", whole.replace('"succeeded"', '"cancelled"')],
    ["no JSON", "hello"],
    ["of another version", resealed(whole, (text) => text.replace('"fold":', '"fold":9'))],
    ["of another log", resealed(whole, (text) => text.replace(/"event":"[^"]+"/, '"event":"x"'))],
  ];
  for (const [what, content] of spoilt) {
    if (content === undefined) await rm(path);
    else await writeFile(path, content);
    const copy = await copyOf(store, run);
    const { end, read } = await resumed(copy, run, kept());
    expect(end, what).toEqual(succeeded);
    expect(read, what).toBeGreaterThanOrEqual(length);
  }
});

test("where none can be kept, runs go on without", async () => {
  const store = memoryStore();
  await writeFile(join(folder, "file"), "");
  const impossible = fileSnapshots(join(folder, "file"), () => "x");
  const run = await left(store, impossible);
  expect((await resumed(store, run, impossible)).end).toEqual(succeeded);
});

function resealed(whole: string, change: (text: string) => string): string {
  const body = change(whole.slice(whole.indexOf("\n") + 1));
  return `${createHash("sha256").update(body).digest("hex")}\n${body}`;
}

/** The same events and blobs in a store of their own. */
async function copyOf({ events, blobs }: Store, run: RunId): Promise<Store> {
  const stream = runStream(run, TENANT);
  const copy = memoryStore();
  const all = await events.read(stream, 0, 100_000);
  const [first] = all;
  const hash = /"hash":"(sha256-[0-9a-f]+)"/.exec(new TextDecoder().decode(first?.data))?.[1] ?? "";
  const bytes = await blobs.get(TENANT, hash);
  if (bytes) await copy.blobs.put(TENANT, { hash, bytes });
  for (let at = 0; at < all.length; at += 100) {
    await copy.events.append(stream, at === 0 ? "none" : at - 1, all.slice(at, at + 100));
  }
  return copy;
}
