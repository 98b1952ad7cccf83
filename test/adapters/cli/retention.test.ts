// Runs past their time, as an operator meets it: what leaves, what stays, what can still be proven, and what goes wrong.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isObject, type Json, type JsonObject } from "../../../src/domain/index.ts";
import { rig, text } from "./rig.ts";

const here = rig();
const AT_ONCE = "retention: {default: {max_age: 1ms}}\n";
const LEDGER = `name: Ledger
tasks:
  - {id: entry, method: echo/echo, params: {message: 1200 to the orchard}}
  - {id: second, method: echo/echo, params: {message: "after \${entry}"}}
`;

const listOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

async function prepared(configuration = AT_ONCE): Promise<string> {
  await here().file("gleitzeit.yaml", configuration);
  return here().file("ledger.yaml", LEDGER);
}

/** Its id. */
async function ran(path: string, ...more: readonly string[]): Promise<string> {
  return text((await here().gleitzeit(["run", path, "--json", ...more])).json, "runId");
}

/** All bytes below the folder of the store and of the installation. */
async function bytesBelow(folder: string): Promise<string> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) =>
    one.isFile(),
  );
  const all = await Promise.all(files.map((one) => readFile(join(one.parentPath, one.name), "latin1")));
  return all.join("\n");
}

test("a run leaves for a bundle that verifies; what was proven before stays proven, and the log is whole", async () => {
  const path = await prepared();
  const run = await ran(path, "--id", "ledger-1");
  const { gleitzeit, folder, home } = here();
  const [vkey, early, all] = ["trusted.vkey", "early.bundle", "all.bundle"].map((name) => join(folder, name));
  if (!vkey || !early || !all) throw new Error("three names");
  await writeFile(vkey, (await gleitzeit(["audit", "vkey"])).out);
  await gleitzeit(["export", run, "-o", early]);

  expect((await gleitzeit(["retention", "show"])).out).toContain("1 run to leave");
  expect((await gleitzeit(["retention", "run", "--dry-run", "--json"])).json).toMatchObject({
    dryRun: true,
    due: [{ run, because: "age" }],
  });
  const done = await gleitzeit(["retention", "run", "--json"]);
  expect(done.exit).toBe(0);
  const [archived] = listOf(done.json.archived);
  expect(archived).toMatchObject({ run, workflow: "Ledger", archive: `${run}.bundle`, events: 7 });
  expect(done.json.removed).toMatchObject({ runs: 1, events: 7 });

  const place = text((await gleitzeit(["retention", "show", "--json"])).json, "archives");
  expect(place).toBe(join(home, "archive", "gleitzeit.db"));
  for (const bundle of [join(place, `${run}.bundle`), early]) {
    const verified = await gleitzeit(["verify", bundle, "--vkey", vkey, "--json"]);
    expect(verified.json, bundle).toMatchObject({ ok: true, events: 7, complete: true });
  }
  expect(await gleitzeit(["audit", "verify"])).toMatchObject({ exit: 0 });
  expect(await gleitzeit(["store", "check"])).toMatchObject({ exit: 0 });
  await gleitzeit(["export", "--all", "-o", all]);
  expect((await gleitzeit(["verify", all, "--vkey", vkey])).out).toContain("verified: the whole log");
  expect(await gleitzeit(["projections", "rebuild", "--verify"])).toMatchObject({ exit: 0 });

  await rm(place, { recursive: true });
  await rm(early);
  expect(await bytesBelow(home)).not.toContain("orchard");
});

test("whoever asks for it afterwards is told where it is, whatever they ask; its name stays taken", async () => {
  const path = await prepared();
  const run = await ran(path, "--id", "ledger-1");
  const { gleitzeit, folder } = here();
  await gleitzeit(["retention", "run"]);
  const gone = { exit: 4, err: expect.stringContaining(`${run}.bundle`) };
  for (const asked of ["show", "events", "timeline", "why", "logs", "replay", "retry", "cancel", "resume"]) {
    expect(await gleitzeit([asked, "ledger-1"]), asked).toMatchObject(gone);
  }
  expect(await gleitzeit(["show", run.slice(0, 8)])).toMatchObject(gone);
  expect(await gleitzeit(["export", run, "-o", join(folder, "x.bundle")])).toMatchObject(gone);
  expect(await gleitzeit(["fork", run, "--from", "entry"])).toMatchObject(gone);
  expect(await gleitzeit(["run", path, "--id", "ledger-1"])).toMatchObject(gone);
  expect(await gleitzeit(["run", path, "--id", "ledger-1", "--detach"])).toMatchObject(gone);
  expect((await gleitzeit(["list", "--json"])).json).toMatchObject({ items: [] });
  const { json } = await gleitzeit(["show", run, "--json"]);
  expect(json).toMatchObject({ error: { code: "RUN_ARCHIVED", details: { archive: `${run}.bundle` } } });
});

test("held runs and persons stay, and so does what a run was forked from that stays", async () => {
  const path = await prepared();
  const { gleitzeit } = here();
  const [held, about, origin] = [await ran(path), await ran(path, "--subject", "anna"), await ran(path)];
  const fork = text((await gleitzeit(["fork", origin, "--from", "second", "--json"])).json, "runId");
  for (const target of [held, "anna", fork]) await gleitzeit(["hold", "add", target]);
  const done = await gleitzeit(["retention", "run", "--json"]);
  expect(done.exit).toBe(0);
  expect(done.json.archived).toEqual([]);
  const kept = new Map(listOf(done.json.kept).map((one) => [text(one, "run"), text(one, "kept")]));
  expect(kept).toEqual(
    new Map([
      [held, "held"],
      [about, "held"],
      [fork, "held"],
      [origin, "forked"],
    ]),
  );
  for (const target of [held, "anna", fork]) await gleitzeit(["hold", "release", target]);
  expect(listOf((await gleitzeit(["retention", "run", "--json"])).json.archived)).toHaveLength(4);
});

test("policies by workflow: so many of the newest stay, and what no policy speaks of stays for ever", async () => {
  const path = await prepared("retention: {workflows: {Ledger: {max_count: 2}}}\n");
  const other = await here().file("other.yaml", LEDGER.replace("Ledger", "Other"));
  const runs = [await ran(path), await ran(path), await ran(path)];
  await ran(other);
  const { json } = await here().gleitzeit(["retention", "run", "--json"]);
  expect(listOf(json.archived)).toMatchObject([{ run: runs[0], because: "count" }]);
  const left = listOf((await here().gleitzeit(["list", "--json"])).json.items);
  expect(left).toHaveLength(3);
});

test("two at once: each run leaves once, and nothing is left half done", async () => {
  const path = await prepared();
  for (let i = 0; i < 3; i += 1) await ran(path);
  const { gleitzeit } = here();
  const both = await Promise.all([gleitzeit(["retention", "run"]), gleitzeit(["retention", "run"])]);
  expect(both.map(({ exit }) => exit)).toEqual([0, 0]);
  expect((await gleitzeit(["retention", "run", "--json"])).json).toMatchObject({
    archived: [],
    removed: { runs: 0, events: 0 },
  });
  expect(await gleitzeit(["audit", "verify"])).toMatchObject({ exit: 0 });
  const told = (await gleitzeit(["events", "--all", "--type", "RunArchived", "--json"])).lines;
  expect(told).toHaveLength(3);
});

describe("what goes wrong", () => {
  test("an archive that cannot be written removes nothing, and says so", async () => {
    const path = await prepared(`${AT_ONCE.slice(0, -2)}, archive: taken/archive}\n`);
    await here().file("taken", "a file, no folder");
    const run = await ran(path);
    const done = await here().gleitzeit(["retention", "run", "--json"]);
    expect(done.exit).toBe(5);
    expect(done.json).toMatchObject({
      archived: [],
      failed: [{ run, error: { code: "PERSISTENCE_WRITE_FAILED" } }],
    });
    expect(await here().gleitzeit(["show", run])).toMatchObject({ exit: 0 });
  });

  test("what is set wrongly is refused with its place", async () => {
    await prepared("retention: {default: {max_age: 0, max_counts: 3}}\n");
    const { exit, err } = await here().gleitzeit(["retention", "show"]);
    expect(exit).toBe(3);
    expect(err).toContain("max_age");
    expect(err).toContain("max_counts");
  });
});
