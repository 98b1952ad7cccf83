// Witnesses, over real sockets: they cosign a log that grows, and no log that was forked; what they signed is verified.
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cosignaturesOf, witnessKeyOf } from "../../../src/adapters/audit/cosignature.ts";
import { noteOf, vkeyOf } from "../../../src/adapters/audit/verifier/note.ts";
import { sqliteDriver } from "../../../src/adapters/event-store/driver.ts";
import { type WitnessServer, witnessServer } from "../audit/witness-server.ts";
import { ECHO, rig, text } from "./rig.ts";

const at = rig();
const SECONDS = 1_780_000_000;
let witness: WitnessServer;
beforeEach(async () => {
  witness = await witnessServer("witness.example/one", () => SECONDS);
});
afterEach(() => witness.close());

const configure = (url = witness.url, vkey = witness.vkey) =>
  at().file(
    "gleitzeit.yaml",
    `audit: {witnesses: [{url: "${url}", vkey: "${vkey}"}], allow: {hosts: [127.0.0.1]}}\n`,
  );
const ran = async (): Promise<void> => {
  await at().gleitzeit(["run", await at().file("echo.yaml", ECHO), "--quiet"]);
};
const watched = async (): Promise<void> => {
  const key = vkeyOf(text((await at().gleitzeit(["audit", "vkey", "--json"])).json, "vkey"));
  witness.watch(key ? [key] : []);
};
const checkpoint = () => at().gleitzeit(["audit", "checkpoint", "--json"]);

test("what was signed is cosigned, from wherever the witness stands, and audit verify says by whom", async () => {
  await ran();
  await configure();
  await watched();
  const first = await checkpoint();
  const name = "witness.example/one";
  expect(first).toMatchObject({
    exit: 0,
    err: "",
    json: { witnesses: [{ name, cosignedAt: "2026-05-28T20:26:40.000Z" }] },
  });
  const note = text(first.json, "note");
  const lines = note
    .split("\n")
    .slice(-2, -1)
    .map((line) => `${line}\n`);
  expect(cosignaturesOf(noteOf(note)?.text ?? "", lines, witnessKeyOf(witness.vkey))).toMatchObject([
    { witness: name, seconds: SECONDS },
  ]);
  await ran();
  await checkpoint(); // a process that has to be told where the witness stands
  expect(witness.answers()).toContain(409);
  expect(witness.answers().filter((status) => ![200, 409].includes(status))).toEqual([]);
  const verified = await at().gleitzeit(["audit", "verify", "--json"]);
  expect(verified).toMatchObject({
    exit: 0,
    json: { ok: true, witnessed: [{ name, size: witness.seen()?.size }] },
  });
  expect((await at().gleitzeit(["audit", "verify"])).out).toContain(`${name} cosigned size`);
});

test("a fork is not cosigned, and that is said", async () => {
  await ran();
  await configure();
  await watched();
  await ran();
  witness.believe({ size: 3, root: new Uint8Array(32).fill(7) });
  const forked = await checkpoint();
  expect(forked.err).toContain("there are two histories (422");
  witness.believe({ size: 100_000, root: new Uint8Array(32).fill(7) });
  const rolledBack = await checkpoint();
  expect(rolledBack.err).toContain("it has seen this log with 100000 leaves");
  expect((await at().gleitzeit(["audit", "verify", "--json"])).json).toMatchObject({
    ok: true,
    witnessed: [],
  });
});

test("a witness that is not there, knows nothing of the log, answers for another, or is not to be reached stops nothing", async () => {
  await ran();
  await configure();
  expect((await checkpoint()).err).toContain("it does not know this log (404");
  await watched();
  const other = await witnessServer("witness.example/one", () => SECONDS);
  await configure(witness.url, other.vkey);
  expect((await checkpoint()).err).toContain("is no cosignature of witness.example/one");
  await other.close();
  await configure(other.url, other.vkey);
  expect(await checkpoint()).toMatchObject({ exit: 0 });
  await at().file(
    "gleitzeit.yaml",
    `audit: {witnesses: [{url: "${witness.url}", vkey: "${witness.vkey}"}]}\n`,
  );
  expect((await checkpoint()).err).toContain("audit.allow");
  await at().file("gleitzeit.yaml", `audit: {witnesses: [{url: "${witness.url}", vkey: "a+00000000+b"}]}\n`);
  expect((await checkpoint()).exit).toBe(3);
});

test("a cosignature that was altered in the store is found", async () => {
  await ran();
  await configure();
  await watched();
  await checkpoint();
  const { DatabaseSync } = await sqliteDriver();
  const database = new DatabaseSync(join(at().home, "gleitzeit.db"));
  const replaced =
    "UPDATE events SET data = CAST(replace(CAST(data AS TEXT), ?, ?) AS BLOB) WHERE type = 'CheckpointCosigned'";
  database.prepare(replaced).run("AABq", "AABr"); // in its time
  const verify = () => at().gleitzeit(["audit", "verify", "--json"]);
  expect(JSON.stringify((await verify()).json)).toMatch(
    /"bad signature".*the cosignature of witness\.example\/one/,
  );
  database.prepare(replaced).run('"checkpoint":1', '"checkpoint":0');
  expect(JSON.stringify((await verify()).json)).toMatch(/"altered checkpoint".*that was cosigned/);
  database.close();
});
