// The audit log's tiles on disk: whatever happens to them is found, it is named and not the events, and the log makes them anew.
import { readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { ECHO, rig } from "./rig.ts";

const at = rig();

const tiles = (): string => `${join(at().home, "gleitzeit.db")}.tiles`;
const file = (name: string): string => join(tiles(), name);

async function ran(): Promise<void> {
  expect((await at().gleitzeit(["run", await at().file("flow.yaml", ECHO)])).exit).toBe(0);
}

const verified = () => at().gleitzeit(["audit", "verify", "--json"]);

/** That this is the only thing that is wrong. */
async function finds(kind: string, message: RegExp): Promise<void> {
  const { exit, json } = await verified();
  expect({ exit, problems: json.problems }).toEqual({
    exit: 3,
    problems: [expect.objectContaining({ kind, message: expect.stringMatching(message) })],
  });
}

async function altered(
  name: string,
  change: (bytes: Buffer) => void,
  then: () => Promise<void>,
): Promise<void> {
  const whole = await readFile(file(name));
  const bytes = Buffer.from(whole);
  change(bytes);
  await writeFile(file(name), bytes);
  await then();
  await writeFile(file(name), whole);
}

beforeEach(ran);

test.each(["tile/0/000", "tile/entries/000", "positions"])("%s is gone, or cut short", async (name) => {
  const whole = await readFile(file(name));
  await truncate(file(name), 20);
  await finds("missing tile", new RegExp(`${name} is missing or cut short`));
  await rm(file(name));
  await finds("missing tile", new RegExp(`${name} is missing or cut short`));
  await writeFile(file(name), whole);
  expect((await verified()).exit).toBe(0);
});

test("a hash of the tree is another", () =>
  altered(
    "tile/0/000",
    (bytes) => bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40),
    () => finds("altered tile", /tile\/0\/000 holds another hash at place 1/),
  ));

test.each([
  ["what was said", '"commitment":"'],
  ["where it was said", '"stream":"'],
  ["the sign between two fields", ',"id"'],
])("a byte of %s in the leaves is another: the tile is named, and not the event", (_, before) =>
  altered(
    "tile/entries/000",
    (bytes) => bytes.write("A", bytes.indexOf(before) + before.length),
    () => finds("altered tile", /tile\/entries\/000 holds another leaf than the tree at place 0/),
  ),
);

test("the length of a leaf is another", () =>
  altered(
    "tile/entries/000",
    (bytes) => bytes.writeUInt8(bytes.readUInt8(1) ^ 1, 1),
    () => finds("missing tile", /tile\/entries\/000 is missing or cut short/),
  ));

test("a position is another", () =>
  altered(
    "positions",
    (bytes) => bytes.writeUInt8(9, 22),
    () => finds("altered tile", /positions is out of order at leaf 3/),
  ));

test("tiles that are gone are found, and made again from the log with the next run", async () => {
  await rm(tiles(), { recursive: true });
  await finds("missing tile", /is missing or cut short/);
  await ran();
  expect((await verified()).json).toMatchObject({ ok: true });
});
