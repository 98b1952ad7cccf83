// The audit log through the command line: what is signed, and what happens to those who alter it in the store's own file.
import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sqliteDriver } from "../../../src/adapters/event-store/driver.ts";
import { ECHO, rig, text } from "./rig.ts";

const at = rig();

const storePath = (): string => join(at().home, "gleitzeit.db");

async function ran(): Promise<string> {
  const flow = await at().file("flow.yaml", ECHO);
  const { exit, json } = await at().gleitzeit(["run", flow, "--json"]);
  expect(exit).toBe(0);
  return text(json, "runId");
}

async function tamper(sql: string): Promise<void> {
  const { DatabaseSync } = await sqliteDriver();
  const database = new DatabaseSync(storePath());
  database.exec(sql);
  database.close();
}

const audit = (...words: readonly string[]) => at().gleitzeit(["audit", ...words, "--json"]);

async function found(): Promise<string> {
  const { exit, json } = await audit("verify");
  expect({ exit, ok: json.ok }).toEqual({ exit: 3, ok: false });
  return JSON.stringify(json.problems);
}

describe("what a run leaves", () => {
  test("is signed when it ends; the note is kept outside of the store, and status shows it", async () => {
    await ran();
    const { json } = await at().gleitzeit(["status", "--json"]);
    expect(json.checkpoint).toMatchObject({ size: 8 });
    const { json: keys } = await audit("vkey");
    const kept = await readFile(join(at().home, "checkpoints", text(keys, "origin")), "utf8");
    const { json: checkpoint } = await audit("checkpoint");
    expect(checkpoint).toMatchObject({ note: kept, size: 8, origin: keys.origin });
    expect((await audit("verify")).json).toMatchObject({ ok: true, leaves: 8, found: 0 });
  });

  test("is proven event by event", async () => {
    const run = await ran();
    const { lines } = await at().gleitzeit(["events", run, "--json"]);
    const { exit, json } = await audit("prove", text(lines[2] ?? {}, "id"));
    expect(exit).toBe(0);
    expect(json.proof).toMatch(
      /^c2sp\.org\/tlog-proof@v1\nextra \S+\nindex \d+\n(?:\S+\n)+\n\S+\n\d+\n\S+\n\n— /,
    );
    expect((await audit("prove", "01890a5d-ac96-774b-bcce-b302099a8057")).exit).toBe(4);
  });

  test("a store without anything has no key, and nothing to sign", async () => {
    expect((await audit("vkey")).exit).toBe(2);
    expect((await audit("checkpoint")).exit).toBe(2);
    expect((await audit("verify")).json).toMatchObject({ ok: true, leaves: 0 });
  });
});

describe("in the store's file, audit verify finds and names", () => {
  test.each([
    [
      "a byte of a payload",
      "UPDATE events SET data = CAST(replace(CAST(data AS TEXT), 'yourself', 'yourSelf') AS BLOB) WHERE CAST(data AS TEXT) LIKE '%yourself%'",
      /"kind":"altered event","message":"TaskScheduled of reply is not as it was signed: data, metadata or salt","position":"\d+","stream":"run-main/,
    ],
    [
      "who did it",
      `UPDATE events SET metadata = CAST(replace(CAST(metadata AS TEXT), '"cli"', '"user"') AS BLOB) WHERE position = 1`,
      /"kind":"altered event".*"position":"1"/,
    ],
    [
      "whose it is",
      "UPDATE events SET metadata = x'7b7d' WHERE position = 1",
      /altered event.*tenant.*"position":"1"/,
    ],
    ["a salt", "UPDATE events SET salt = zeroblob(16) WHERE position = 3", /"altered event".*"position":"3"/],
    [
      "when it was",
      "UPDATE events SET recorded_at = '2020-01-01T00:00:00.000Z' WHERE position = 3",
      /signed: at"/,
    ],
    [
      "two rows that were swapped",
      "UPDATE events SET position = -1 WHERE position = 3; UPDATE events SET position = 3 WHERE position = 4; UPDATE events SET position = 4 WHERE position = -1",
      /"wrong order".*"position":"3".*"wrong order".*"position":"4"/,
    ],
    [
      "an event that is gone",
      "DELETE FROM events WHERE position = 4",
      /"missing event".*stood here and is gone.*"4"/,
    ],
    [
      "an end that is gone, whatever else went with it",
      "DELETE FROM events WHERE position > 12; UPDATE log SET head = 12; DELETE FROM streams WHERE key NOT IN (SELECT stream FROM events); UPDATE streams SET head = (SELECT max(revision) FROM events WHERE stream = streams.key)",
      /"missing event","message":"the log is signed up to 8 leaves, and .*checkpoints.*covers 1[0-9]"/,
    ],
    [
      "a checkpoint that says something else",
      `UPDATE events SET data = CAST(replace(CAST(data AS TEXT), '"size":"8"', '"size":"7"') AS BLOB) WHERE type = 'CheckpointSigned'`,
      /"altered checkpoint".*what is signed is not what its event says.*"stream":"audit"/,
    ],
    [
      "a note that somebody wrote anew",
      `UPDATE events SET data = CAST(replace(CAST(data AS TEXT), '\\n8\\n', '\\n7\\n') AS BLOB) WHERE type = 'CheckpointSigned'`,
      /"bad signature"/,
    ],
    [
      "a payload that is no JSON",
      "UPDATE events SET data = x'00' WHERE position = 2",
      /"altered event".*"position":"2"/,
    ],
    ["a blob", "UPDATE blobs SET bytes = x'00'", /"altered blob"/],
    ["a blob that is gone", "DELETE FROM blobs", /"missing blob"/],
  ])("%s", async (_, sql, expected) => {
    await ran();
    await ran();
    await tamper(sql);
    expect(await found()).toMatch(expected);
  });
});

describe("a history that was written anew, with its tiles and without its checkpoints,", () => {
  const REWRITTEN = `UPDATE events SET data = CAST(replace(CAST(data AS TEXT), 'yourself', 'yourSelf') AS BLOB);
    DELETE FROM events WHERE stream = (SELECT key FROM streams WHERE name = 'audit');
    DELETE FROM streams WHERE name = 'audit'`;

  test("is told by the head that was kept outside of the store, and is not signed on", async () => {
    await ran();
    await tamper(REWRITTEN);
    await rm(`${storePath()}.tiles`, { recursive: true });
    expect(await found()).toMatch(/signed up to 0 leaves, and .*checkpoints.* covers 8/);
    const flow = await at().file("flow.yaml", ECHO);
    expect((await at().gleitzeit(["run", flow])).err).toMatch(/no checkpoint is signed/);
  });
});

describe("an old copy that was put back", () => {
  test("is found at start: nothing is signed on it until somebody says why, and then with another key", async () => {
    await ran();
    await cp(storePath(), join(at().folder, "old.db"));
    await ran();
    const before = (await audit("vkey")).json;
    await cp(join(at().folder, "old.db"), storePath());
    const flow = await at().file("flow.yaml", ECHO);
    const after = await at().gleitzeit(["run", flow]);
    expect(after.exit).toBe(0);
    expect(after.err).toMatch(
      /no checkpoint is signed: .* is behind the checkpoint of size \d+ in .*checkpoints/,
    );
    expect((await audit("checkpoint")).exit).toBe(5);
    expect(await found()).toMatch(/"missing event"/);

    const accepted = await audit("accept-rollback", "--reason", "the disk was lost");
    expect(accepted).toMatchObject({ exit: 0, json: { origin: before.origin } });
    const { json: keys } = await audit("vkey");
    expect(keys).toMatchObject({ origin: before.origin, vkey: accepted.json.vkey, oldVkeys: [before.vkey] });
    expect((await audit("verify")).json).toMatchObject({ ok: true });
    expect((await audit("accept-rollback", "--reason", "again")).exit).toBe(2);
  });

  test("a store that was deleted is another log, with a name and a key of its own", async () => {
    await ran();
    const { json: first } = await audit("vkey");
    for (const end of ["", "-wal", "-shm", ".tiles", ".views"])
      await rm(storePath() + end, { recursive: true, force: true });
    await ran();
    const { json: second } = await audit("vkey");
    expect(second.origin).not.toBe(first.origin);
    expect((await audit("verify")).json).toMatchObject({ ok: true });
  });
});
