// What `audit verify` is given, and what it says beside what is wrong.
import { join } from "node:path";
import { expect, test } from "vitest";
import { sqliteDriver } from "../../../src/adapters/event-store/driver.ts";
import { ECHO, rig, text } from "./rig.ts";

const at = rig();
const audit = (...words: readonly string[]) => at().gleitzeit(["audit", ...words, "--json"]);
const ran = async () => at().gleitzeit(["run", await at().file("flow.yaml", ECHO), "--quiet"]);

async function tamper(sql: string): Promise<void> {
  const { DatabaseSync } = await sqliteDriver();
  const database = new DatabaseSync(join(at().home, "gleitzeit.db"));
  database.exec(sql);
  database.close();
}

test("a log is held to the keys that are given; what is no key, and no file of such, is told by name", async () => {
  await ran();
  expect((await audit("verify", "--vkey", text((await audit("vkey")).json, "vkey"))).exit).toBe(0);
  const bundle = join(at().folder, "all.bundle");
  await at().gleitzeit(["export", "--all", "-o", bundle]);
  for (const words of [
    ["audit", "verify"],
    ["verify", bundle],
  ]) {
    const none = await at().gleitzeit([...words, "--vkey", "nosuch.vkey"]);
    expect([none.exit, none.err], words[0]).toEqual([
      4,
      expect.stringContaining("--vkey: nosuch.vkey is no key"),
    ]);
    const other = await at().gleitzeit([...words, "--vkey", await at().file("other.vkey", "root:x:0\n")]);
    expect([other.exit, other.err], words[0]).toEqual([2, expect.stringContaining('"root:x:0" is no key')]);
  }
});

test("a log is told apart from what came after it, which nothing can be said of", async () => {
  await ran();
  expect((await audit("verify")).json).not.toHaveProperty("unsigned");
  const copied = "type, schema_version, recorded_at, metadata, data, salt FROM events WHERE position = 1";
  await tamper(
    `INSERT INTO events SELECT 500, stream, 99, '01890a5d-ac96-774b-bcce-b302099a8057', ${copied}`,
  );
  await tamper("UPDATE log SET head = 500");
  expect(await audit("verify")).toMatchObject({
    exit: 0,
    json: { ok: true, leaves: 8, unsigned: { count: 1, first: "500" } },
  });
  expect((await at().gleitzeit(["audit", "verify"])).out).toContain(
    "1 event from position 500 on is not signed yet",
  );
});
