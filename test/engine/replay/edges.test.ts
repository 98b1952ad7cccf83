// Runs as operators have them: taken over by another process, paused, cancelled, with losses, erased, damaged, large.
import { expect, test } from "vitest";
import { runStream } from "../../../src/domain/index.ts";
import type { BlobStore, EventStore, Store } from "../../../src/engine/ports/index.ts";
import { settled } from "../hand-clock.ts";
import { CLI, called, ok, rig, scripted, TENANT, workflow } from "../rig.ts";
import { replayed } from "./replaying.ts";

test("a run whose process stopped and died, taken over by others, with what it lost", async () => {
  const tasks = [{ id: "a" }, { id: "b", dependencies: ["a"] }, { id: "c", dependencies: ["b"] }];
  const hangs = scripted(({ task }) => (task === "b" ? undefined : ok(task)));
  const first = rig({ providers: [hangs] });
  const { run } = await first.run(workflow(tasks));
  await settled();
  await first.engine.close();
  const second = rig({ providers: [scripted(() => undefined)], store: first.store, clock: first.clock });
  void second.engine.drive(run, TENANT, CLI);
  await settled();
  const third = rig({
    providers: [scripted(({ task }) => ok(task))],
    store: first.store,
    clock: first.clock,
  });
  const end = third.engine.drive(run, TENANT, CLI);
  await first.clock.advance(60_000);
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  const types = await third.types(run);
  expect(types.filter((type) => type === "RunOwnerChanged")).toHaveLength(2);
  expect(types.filter((type) => type === "TaskLost").length).toBeGreaterThanOrEqual(2);
  expect(await replayed(first.store, run)).toMatchObject({
    divergences: [],
    unknown: [],
    status: "succeeded",
  });
});

test("a run of a thousand parallel tasks, cancelled while sixteen of them run", async () => {
  const r = rig({ providers: [scripted()], limits: { slots: 16 } });
  const { run, end } = await r.run(workflow(Array.from({ length: 1000 }, (_, i) => ({ id: `t${i}` }))));
  await settled();
  await r.request(run, { type: "CancelRun" });
  await end;
  const found = await replayed(r.store, run);
  expect(found).toMatchObject({ divergences: [], unknown: [], status: "cancelled" });
});

/** The log with the values of some events gone, as an erasure leaves it. */
const withoutValues = (events: EventStore, isGone: (type: string) => boolean): EventStore => {
  const gone = <E extends { readonly type: string; readonly data: Uint8Array }>(event: E): E => {
    if (!isGone(event.type)) return event;
    const { values: _, ...control } = JSON.parse(new TextDecoder().decode(event.data));
    return { ...event, data: new TextEncoder().encode(JSON.stringify(control)) };
  };
  return {
    ...events,
    read: async (...asked) => (await events.read(...asked)).map(gone),
    readMany: async (...asked) => (await events.readMany(...asked)).map(gone),
  };
};

const ERASABLE = workflow(
  [
    { id: "plain", params: { x: 1 } },
    { id: "reads", params: { x: "${plain}" } },
    { id: "asks", when: "tasks.reads.result == 1", params: {} },
    { id: "each", for_each: "${inputs.list}", params: { x: "${item}" } },
    { id: "call", workflow: "inner", inputs: { x: "${reads}" } },
  ],
  { inputs: { list: { type: "array" } }, outputs: { all: "${asks}" } },
);

async function erasable() {
  const inner = workflow([{ id: "in", params: { x: "${inputs.x}" } }], {
    inputs: { x: { type: "integer" } },
  });
  const r = rig({ providers: [scripted(({ params }) => ok(params.x ?? 0))] });
  const { run, end } = await r.run(ERASABLE, { inputs: { list: [1, 2] }, workflows: called({ inner }) });
  expect(await end).toMatchObject({ status: "succeeded" });
  return { ...r, first: run };
}

test("erased values: what depends on them is unknown, nothing else is, and it goes on from the record", async () => {
  const { store, first } = await erasable();
  const erased: Store = { ...store, events: withoutValues(store.events, () => true) };
  const found = await replayed(erased, first);
  expect(found.divergences).toEqual([]);
  expect(found.status).toBe("succeeded");
  expect(new Set(found.unknown.map(({ task }) => task))).toEqual(
    new Set(["plain", "reads", "asks", "each", "each[0]", "each[1]", "call", "call/in", null, "call"]),
  );
  const results: Store = {
    ...store,
    events: withoutValues(store.events, (type) => type === "TaskSucceeded"),
  };
  const less = await replayed(results, first);
  expect(less.divergences).toEqual([]);
  const unknown = less.unknown.map(({ task }) => task);
  expect(unknown).toEqual(expect.arrayContaining(["reads", "asks", null]));
  expect(unknown).not.toContain("plain");
});

test("a blob that is missing makes its readers unknown, and is no divergence", async () => {
  const large = "x".repeat(200_000);
  const r = rig({ providers: [scripted(({ task }) => ok(task === "big" ? large : "small"))] });
  const { run, end } = await r.run(
    workflow([{ id: "big" }, { id: "reads", params: { x: "${big}" } }, { id: "apart" }], {
      outputs: { small: "${apart}" },
    }),
  );
  await end;
  const blobs: BlobStore = {
    put: (...asked) => r.store.blobs.put(...asked),
    has: async () => false,
    get: async (tenant, hash) => {
      const bytes = await r.store.blobs.get(tenant, hash);
      return bytes && bytes.length > 100_000 ? undefined : bytes;
    },
  };
  const found = await replayed({ ...r.store, blobs }, run);
  expect(found).toMatchObject({ divergences: [], status: "succeeded", outputs: { small: "small" } });
  expect(found.unknown.map(({ task }) => task)).toEqual(["reads"]);
});

test("a record that ends in the middle is followed to there, at its own time", async () => {
  const { store, first } = await erasable();
  const stream = runStream(first, TENANT);
  const whole = await store.events.read(stream, 0, 1000);
  for (let length = 1; length <= whole.length; length += 1) {
    const cut: EventStore = {
      ...store.events,
      read: async (asked, from, limit) =>
        (await store.events.read(asked, from, limit)).filter(
          (one) => one.stream !== stream || one.revision < length,
        ),
      readMany: (...asked) => store.events.readMany(...asked),
    };
    const found = await replayed({ ...store, events: cut }, first);
    expect(found.divergences, `${length} events`).toEqual([]);
  }
});
