// A caller's name for a run: the same name is the same run, whoever asks.

import { describe, expect, test } from "vitest";
import { memoryStore } from "../../src/adapters/event-store/index.ts";
import { sha256 } from "../../src/adapters/host/index.ts";
import { capturedText } from "../../src/engine/submitting/capture.ts";
import { settled } from "./hand-clock.ts";
import { CLI, ok, rig, scripted, TENANT, workflow } from "./rig.ts";

const pair = workflow([
  { id: "a", params: { x: 1 } },
  { id: "b", dependencies: ["a"] },
]);

const one = workflow([{ id: "a" }]);

describe("a name", () => {
  test("stands for one run: the same request again changes nothing", async () => {
    const provider = scripted(() => ok(1));
    const { run, types } = rig({ providers: [provider] });
    const first = await run(one, { name: "order-17" });
    await first.end;
    const again = await run(one, { name: "order-17" });
    expect(again).toEqual({ run: first.run, created: false, end: undefined });
    expect(provider.calls).toHaveLength(1);
    expect((await types(first.run)).filter((type) => type === "RunSubmitted")).toHaveLength(1);
  });

  test("stands for the same request in whatever order its files were found", async () => {
    const { engine } = rig({ providers: [scripted(() => ok(1))] });
    const captured = ["b.txt", "a.txt"].map((path) => capturedText(path, new Uint8Array([1]), sha256));
    const request = { tenant: TENANT, definition: one, inputs: {}, name: "order-17" };
    const first = await engine.run({ ...request, files: captured }, CLI);
    await first.end;
    const again = await engine.run({ ...request, files: captured.toReversed() }, CLI);
    expect(again).toMatchObject({ run: first.run, created: false });
    await expect(engine.run({ ...request, files: captured.slice(1) }, CLI)).rejects.toMatchObject({
      code: "INVALID_REQUEST",
    });
  });

  test("is refused for another request", async () => {
    const { run } = rig({ providers: [scripted(() => ok(1))] });
    await (await run(one, { name: "order-17" })).end;
    await expect(run(one, { name: "order-17", timeoutMs: 5000 })).rejects.toMatchObject({
      code: "INVALID_REQUEST",
    });
  });
});

describe("a name that stands for a run of another document", () => {
  const other = workflow([{ id: "other" }]);
  const taken = { code: "INVALID_REQUEST" };

  test("is refused, and says so", async () => {
    const { run, types } = rig({ providers: [scripted(() => ok(1))] });
    const first = await run(pair, { name: "n" });
    await first.end;
    const before = await types(first.run);
    await expect(run(other, { name: "n" })).rejects.toMatchObject(taken);
    expect(await types(first.run)).toEqual(before);
  });

  test("is refused also when two processes submit them at once", async () => {
    const store = memoryStore();
    const rigs = [pair, other].map((document) => ({ document, ...rig({ store, providers: [scripted()] }) }));
    const both = await Promise.allSettled(rigs.map(({ run, document }) => run(document, { name: "n" })));
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: taken });
  });
});

describe("one name asked for twice at once in one process", () => {
  test("is one run with one driver, which goes on when a slot is free", async () => {
    const provider = scripted();
    const { run } = rig({ providers: [provider], limits: { slots: 1 } });
    const blocking = await run(one, { name: "first" });
    const both = await Promise.all([run(pair, { name: "n" }), run(pair, { name: "n" })]);
    expect(both.map(({ created }) => created).toSorted()).toEqual([false, true]);
    for (let i = 0; i < 3; i += 1) {
      await settled();
      provider.calls[i]?.answer(ok(i));
    }
    expect(await blocking.end).toEqual({ kind: "ended", status: "succeeded" });
    const created = both.find((each) => each.created);
    expect(await created?.end).toEqual({ kind: "ended", status: "succeeded" });
  });

  test("is refused for the other of two documents", async () => {
    const { run } = rig({ providers: [scripted()] });
    const both = await Promise.allSettled([pair, one].map((document) => run(document, { name: "n" })));
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(both[1]).toMatchObject({ reason: { code: "INVALID_REQUEST" } });
  });
});

describe("a name that stands for a run of a dead process", () => {
  test("changes nothing in that run: only its owner starts tasks", async () => {
    const store = memoryStore();
    const dead = rig({ store, providers: [scripted()], limits: { slots: 1 } });
    const two = workflow([{ id: "a" }, { id: "b" }]);
    const { run } = await dead.run(two, { name: "n" });
    await settled();
    const before = await dead.types(run);
    const other = rig({ store, providers: [scripted()] });
    expect(await other.run(two, { name: "n" })).toMatchObject({ run, created: false });
    await settled();
    expect(await other.types(run)).toEqual(before);
  });
});

describe("one name asked for by two processes at once", () => {
  test("is one run", async () => {
    const store = memoryStore();
    const provider = scripted(() => ok(1));
    const [first, second] = [rig({ store, providers: [provider] }), rig({ store, providers: [provider] })];
    const both = await Promise.all([first.run(pair, { name: "n" }), second.run(pair, { name: "n" })]);
    for (const { end } of both) await end;
    expect(new Set(both.map(({ run }) => run)).size).toBe(1);
    expect(both.filter(({ created }) => created)).toHaveLength(1);
    expect(provider.calls).toHaveLength(2);
  });
});
