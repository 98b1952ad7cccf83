import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isList, isObject, type JsonObject } from "../../../src/domain/index.ts";
import { execute } from "../event-store/folder.ts";
import { elsewhere, idle } from "./elsewhere.ts";
import { BROKEN, ECHO, rig, text } from "./rig.ts";

const here = rig();
const views = (): string => join(here().home, "gleitzeit.db.views");

const itemsOf = ({ items }: JsonObject): readonly JsonObject[] =>
  isList(items) ? items.filter(isObject) : [];

async function ran(...documents: readonly string[]): Promise<void> {
  for (const [i, document] of documents.entries()) {
    await here().gleitzeit(["run", await here().file(`${i}.yaml`, document), "--quiet"]);
  }
}

test("list: each read model with its place, rows and hash; a look at runs moves it on", async () => {
  await ran(ECHO, BROKEN);
  const before = await here().gleitzeit(["projections", "list", "--json"]);
  expect(before).toMatchObject({ exit: 0, err: "" });
  expect(itemsOf(before.json)).toMatchObject([
    { name: "run-list", version: 3, position: "start", rows: 0, lag: expect.any(Number) },
    { name: "active-runs", version: 1, position: "start", rows: 0 },
    { name: "run-activity", version: 1, position: "start", rows: 0 },
    { name: "failures", version: 1, position: "start", rows: 0 },
    { name: "recorded-results", version: 1, position: "start", rows: 0 },
  ]);
  await here().gleitzeit(["list"]);
  const { json } = await here().gleitzeit(["projections", "list", "--json"]);
  expect(itemsOf(json)).toMatchObject([
    { name: "run-list", rows: 2, lag: 0, hash: expect.stringMatching(/^sha256-[0-9a-f]{64}$/) },
    { name: "active-runs", rows: 0, lag: 0 },
    { name: "run-activity", rows: 1, lag: 0 },
    { name: "failures", rows: 2, lag: 0 },
    { name: "recorded-results", rows: 0, lag: 0 },
  ]);
  expect((await here().gleitzeit(["projections", "list"])).out).toMatch(
    /^NAME +VERSION +POSITION +LAG +ROWS +HASH/,
  );
});

test("deleted and rebuilt: the same hashes, the same lists", async () => {
  await ran(ECHO, BROKEN);
  const list = (await here().gleitzeit(["list", "--json"])).out;
  const { json } = await here().gleitzeit(["projections", "list", "--json"]);
  await rm(views());
  const { exit, json: rebuilt } = await here().gleitzeit(["projections", "rebuild", "--verify", "--json"]);
  expect(exit).toBe(0);
  expect(itemsOf(rebuilt).map((item) => [text(item, "name"), text(item, "hash"), item.difference])).toEqual(
    itemsOf(json).map((item) => [text(item, "name"), text(item, "hash"), null]),
  );
  expect((await here().gleitzeit(["list", "--json"])).out).toBe(list);
});

test("rebuild --verify while an engine drives a run on the store", async () => {
  await ran(ECHO);
  const { driving } = await elsewhere(here());
  expect((await (await driving.readModels()).counts("main")).get("running")).toBe(1);
  const { exit, out, err } = await here().gleitzeit(["projections", "rebuild", "--verify"]);
  expect({ exit, err }).toEqual({ exit: 0, err: "" });
  expect(out).toMatch(
    /^run-list: the same, at position \d+\n {2}kept {5}(sha256-\w+) {2}2 rows\n {2}rebuilt {2}\1 {2}2 rows\nactive-runs: the same/,
  );
  expect((await here().gleitzeit(["status", "--json"])).json).toMatchObject({
    runs: { succeeded: 1, running: 1 },
    due: [{ task: "much" }],
  });
});

test("rebuild --verify while an engine runs one run after the other", async () => {
  const { parts, driving } = await idle(here());
  const workflow = await parts.workflow(await here().file("many.yaml", ECHO));
  const request = await parts.request(workflow, { inputs: {} });
  let left = 40;
  const busy = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await (await driving.engine.run(request, driving.actor)).end;
    }
  };
  const [rebuilt] = await Promise.all([
    here().gleitzeit(["projections", "rebuild", "--verify", "--json"]),
    busy(),
    busy(),
  ]);
  expect(rebuilt).toMatchObject({ exit: 0, err: "" });
  expect(itemsOf(rebuilt.json).map(({ difference }) => difference)).toEqual([null, null, null, null, null]);
  const { json } = await here().gleitzeit(["status", "--json"]);
  expect(json.runs).toEqual({ succeeded: 40 });
});

test("what was not what the log says: exit 3 with the first difference, and right afterwards", async () => {
  await ran(ECHO);
  await here().gleitzeit(["list"]);
  await execute(views(), `UPDATE rows SET text = replace(text, '"succeeded"', '"failed"')`);
  const { exit, json } = await here().gleitzeit(["projections", "rebuild", "run-list", "--verify", "--json"]);
  expect(exit).toBe(3);
  expect(itemsOf(json)).toMatchObject([
    {
      name: "run-list",
      difference: {
        kept: expect.stringContaining('"failed"'),
        rebuilt: expect.stringContaining('"succeeded"'),
      },
    },
  ]);
  expect((await here().gleitzeit(["projections", "rebuild", "--verify"])).exit).toBe(0);
  expect((await here().gleitzeit(["projections", "rebuild", "diary"])).exit).toBe(2);
});

test("a file that cannot be used is built again, and said on stderr", async () => {
  await ran(ECHO);
  const first = await here().gleitzeit(["list", "--json"]);
  await execute(views(), "PRAGMA user_version = 99");
  const { exit, out, err } = await here().gleitzeit(["list", "--json"]);
  expect({ exit, out }).toEqual({ exit: 0, out: first.out });
  expect(err).toContain("was written by another version");
});
