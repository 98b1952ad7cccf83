// Who signs, what is signed, and what two do to each other who sign at once, on each kind of store.
import { expect, test } from "vitest";
import { growthHere } from "../../../src/adapters/audit/growth.ts";
import { memoryNotes } from "../../../src/adapters/audit/kept-notes.ts";
import { proving } from "../../../src/adapters/audit/proofs.ts";
import { memoryTiles } from "../../../src/adapters/audit/tile-store.ts";
import { tileReading } from "../../../src/adapters/audit/tiles.ts";
import { isConsistent } from "../../../src/adapters/audit/verifier/merkle.ts";
import { memoryIncarnations, memoryStore } from "../../../src/adapters/event-store/index.ts";
import { checkpointsIn, ownIncarnation, partsOn, signerOn, written } from "./signers.ts";

const rootOf = (text: string): Uint8Array => Buffer.from(text, "base64");

test("what is durable is signed, in stretches, and each checkpoint goes on from the one before", async () => {
  const { events } = memoryStore();
  const parts = partsOn(events);
  const { sign } = signerOn(parts);
  expect(await sign()).toEqual({ kind: "empty" });
  for (const count of [1, 300, 70_000, 5]) {
    await written(events, count);
    expect(await sign()).toMatchObject({ kind: "signed", isAll: true });
  }
  const signed = await checkpointsIn(events);
  expect(signed.map(({ first }) => first)).toEqual(["0", ...signed.slice(0, -1).map(({ size }) => size)]);
  expect(signed.length).toBeGreaterThan(4);
  const tree = proving(tileReading(parts.tiles).nodes);
  const last = signed.at(-1);
  const to = { size: Number(last?.size), root: rootOf(last?.root ?? "") };
  for (const { size, root } of signed) {
    const path = await tree.consistency(Number(size), to.size);
    expect(isConsistent({ size: Number(size), root: rootOf(root) }, to, path)).toBe(true);
  }
});

test("a process that comes after goes on, also without the tiles, and signs nothing twice", async () => {
  const { events } = memoryStore();
  const parts = partsOn(events);
  await written(events, 600);
  await signerOn(parts).sign();
  const next = { ...parts, tiles: memoryTiles() };
  const before = await events.head();
  expect(await signerOn(next).sign()).toMatchObject({ kind: "signed", isAll: true });
  expect(await events.head()).toBe(before);
  await written(events, 10);
  expect(await signerOn(next).sign()).toMatchObject({ kind: "signed", checkpoint: { size: 611 } });
});

test("as long as the one that signs lives, no other does", async () => {
  const { events } = memoryStore();
  const [first, second] = [ownIncarnation(), ownIncarnation()];
  const living = new Set([first, second]);
  const parts = partsOn(events);
  const among = (own: typeof first) =>
    signerOn({
      ...parts,
      incarnations: async () => ({ ...memoryIncarnations(own), isAlive: async (one) => living.has(one) }),
    });
  await written(events, 3);
  const [one, other] = [among(first), among(second)];
  expect(await one.sign()).toMatchObject({ kind: "signed" });
  await written(events, 3);
  expect(await other.sign()).toEqual({ kind: "elsewhere", holder: first });
  living.delete(first);
  expect(await other.sign()).toMatchObject({ kind: "signed", isAll: true });
});

test("of two that sign at once none is refused in the end, and there is one history", async () => {
  const { events } = memoryStore();
  const parts = partsOn(events);
  const signers = Array.from({ length: 4 }, () => signerOn(parts)); // all of them take themselves for the one
  for (let round = 0; round < 10; round += 1) {
    await written(events, 7);
    await Promise.all(signers.map(({ sign }) => sign()));
  }
  const sizes = (await checkpointsIn(events)).map(({ size }) => Number(size));
  expect(sizes).toEqual([...new Set(sizes)].toSorted((a, b) => a - b));
  expect(sizes.at(-1)).toBe(71);
});

test("who was overtaken in its own process goes on from there, also where what was signed has left the log since", async () => {
  const store = memoryStore();
  const gone = new Set<string>();
  const readAll: typeof store.events.readAll = async (...asked) => {
    const page = await store.events.readAll(...asked);
    return { ...page, events: page.events.filter(({ stream }) => !gone.has(stream)) };
  };
  const events = { ...store.events, readAll };
  const parts = partsOn(events);
  const [one, other] = [signerOn(parts), signerOn(parts)];
  await written(events, 3);
  await one.sign();
  await written(events, 3);
  await other.sign();
  for (const { stream } of (await events.readAll("start", 100)).events)
    if (stream.startsWith("schedule-")) gone.add(stream);
  await written(events, 2);
  expect(await one.sign()).toMatchObject({ kind: "signed", isAll: true });
  const tree = proving(tileReading(parts.tiles).nodes);
  for (const { size, root } of await checkpointsIn(events))
    expect(Buffer.from(await tree.root(Number(size))).toString("base64")).toBe(root);
});

test("of one process and one store, one signs after the other", async () => {
  const { events } = memoryStore();
  const parts = partsOn(events);
  const seen: string[] = [];
  const named = (name: string) => {
    const growth = growthHere(parts);
    const grow: typeof growth.grow = async (...asked) => {
      seen.push(`${name} begins`);
      for (let turns = 0; turns < 100; turns += 1) await new Promise(setImmediate);
      const grown = await growth.grow(...asked);
      seen.push(`${name} ends`);
      return grown;
    };
    return signerOn({ ...parts, growth: { grow } });
  };
  await written(events, 3);
  await Promise.all([named("one").sign(), named("other").sign()]);
  expect(seen).toEqual(["one begins", "one ends"]); // the other finds everything signed
});

test("a checkpoint kept elsewhere that is ahead, or of another history, stops it", async () => {
  const { events } = memoryStore();
  const parts = partsOn(events);
  await written(events, 5);
  await signerOn(parts).sign();
  const [origin = ""] = (await checkpointsIn(events)).map(({ note }) => note.split("\n")[0] ?? "");
  const kept = async (size: number, root: string) => {
    const notes = memoryNotes();
    await notes.write(origin, `${origin}\n${size}\n${root}\n\n— ${origin} AAAAAAA=\n`);
    await written(events, 1);
    return signerOn({ ...parts, kept: notes }).sign();
  };
  const root = Buffer.alloc(32).toString("base64");
  await expect(kept(1000, root)).rejects.toThrow(/is behind the checkpoint of size 1000/);
  await expect(kept(3, root)).rejects.toThrow(/is another than the one of the checkpoint of size 3/);
});
