// audit trail: who did what to what and why, with the place of the proof; and that it was read.
import { expect, test } from "vitest";
import { ECHO, rig, text } from "./rig.ts";

const at = rig();
const trail = (...words: readonly string[]) => at().gleitzeit(["audit", "trail", "--json", ...words]);
const whats = async (...words: readonly string[]) => (await trail(...words)).lines.map(({ what }) => what);

const BROKEN = `name: Broken
tasks:
  - {id: one, method: echo/echo, params: {message: hi}}
  - {id: two, method: echo/echo, params: {message: "\${one.nothing}"}}
`;

test("each thing that somebody did stands there with who, what, to what, why and its leaf", async () => {
  const flow = await at().file("echo.yaml", ECHO);
  const { json } = await at().gleitzeit(["run", flow, "--detach", "--json"], { user: "ada" });
  const run = text(json, "runId");
  await at().gleitzeit(["cancel", run, "--reason", "not today"], { user: "bob" });
  const broken = await at().gleitzeit(["run", await at().file("broken.yaml", BROKEN), "--json"], {
    user: "ada",
  });

  const mine = await trail("--on", run);
  expect(mine).toMatchObject({ exit: 0, err: "" });
  expect(mine.lines.slice(0, 2)).toMatchObject([
    {
      what: "RunSubmitted",
      actor: { type: "cli", name: "ada" },
      on: { kind: "run", id: run, tenant: "main" },
      outcome: "success",
      leafIndex: 0,
    },
    { what: "RunCancelRequested", actor: { type: "cli", name: "bob" }, why: "not today" },
  ]);
  const [first] = mine.lines;
  const proof = await at().gleitzeit(["audit", "prove", text(first ?? {}, "eventId"), "--json"]);
  expect(proof.json).toMatchObject({ leafIndex: 0 }); // the place that the trail told

  expect((await whats("--actor", "bob"))[0]).toBe("RunCancelRequested");
  expect(await whats("--actor", "nobody")).toEqual([]);
  expect(await whats("--type", "*Requested")).toEqual(["RunCancelRequested"]);
  expect(await whats("--type", "TaskSucceeded")).toEqual([]);
  expect(await whats("--all", "--type", "TaskSucceeded")).toEqual(["TaskSucceeded"]);
  expect(await whats("--since", "2999-01-01")).toEqual([]);
  const failed = text(broken.json, "runId");
  expect(await whats("--all", "--outcome", "failure", "--on", failed)).toEqual(["TaskFailed", "RunFailed"]);
  expect((await trail("--outcome", "odd")).exit).toBe(2);
  expect((await trail("--type", "Run;*")).exit).toBe(2);

  const shown = (await at().gleitzeit(["audit", "trail", "--on", run])).out;
  expect(shown).toMatch(
    /Z {2}cli bob {2}RunCancelRequested {2}run \S+: not today {2}\[leaf \d+, [0-9a-f-]{36}\]\n/,
  );
});

test("reading it is recorded, with what was asked for, before anything is shown", async () => {
  await at().gleitzeit(["run", await at().file("echo.yaml", ECHO), "--quiet"], { user: "ada" });
  await at().gleitzeit(["audit", "trail", "--actor", "ada", "--since", "2020-01-01"], { user: "eve" });
  const { lines } = await at().gleitzeit(["audit", "trail", "--actor", "eve", "--json"], { user: "ada" });
  expect(lines).toMatchObject([
    { what: "TrailRead", actor: { type: "cli", name: "eve" }, on: { kind: "access" } },
  ]);
  expect((await at().gleitzeit(["audit", "verify"])).exit).toBe(0);
});

test("an event that was altered is no line of the trail but an error that says where", async () => {
  await at().gleitzeit(["run", await at().file("echo.yaml", ECHO), "--quiet"]);
  const { sqliteDriver } = await import("../../../src/adapters/event-store/driver.ts");
  const { DatabaseSync } = await sqliteDriver();
  const database = new DatabaseSync(`${at().home}/gleitzeit.db`);
  database.exec("UPDATE events SET metadata = x'00' WHERE position = 2");
  database.close();
  const { exit, json } = await trail();
  expect(exit).toBe(5);
  expect(JSON.stringify(json)).toContain("at position 2 cannot be read");
});

test("of a person: their runs, holds, erasure and exports, by the name that nothing in the log has", async () => {
  const flow = await at().file("echo.yaml", ECHO);
  const { json } = await at().gleitzeit(["run", flow, "--subject", "wanda", "--json"]);
  await at().gleitzeit(["run", flow, "--subject", "other"]);
  await at().gleitzeit(["run", flow]);
  await at().gleitzeit(["hold", "add", "wanda"]);
  await at().gleitzeit(["export", "--subject", "wanda", "-o", `${at().folder}/held.jsonl`]);
  await at().gleitzeit(["hold", "release", "wanda"]);
  await at().gleitzeit(["erase", "wanda", "--reason", "asked for"]);
  expect(await whats("--subject", "wanda")).toEqual([
    ...["RunSubmitted", "RunStarted", "HoldPlaced", "LogExported", "HoldReleased"],
    ...["ErasureRequested", "SubjectErased", "ErasureFinished"],
  ]);
  const runs = new Set(
    (await trail("--subject", "wanda", "--all", "--type", "Run*")).lines.map(({ on }) => Object(on).id),
  );
  expect(runs).toEqual(new Set([json.runId]));
  expect(await whats("--subject", "nobody")).toEqual([]);
  expect((await trail("--type", "TrailRead")).out).not.toContain("wanda");
});

test("of a person: who took out or held a run of theirs, or took everything, also when that run has left", async () => {
  const flow = await at().file("echo.yaml", ECHO);
  const ran = async (...more: readonly string[]) =>
    text((await at().gleitzeit(["run", flow, "--json", ...more])).json, "runId");
  const taken = async (run: string, format: string) =>
    at().gleitzeit(["export", run, "--format", format, "-o", `${at().folder}/${format}`]);
  const nobodys = await ran();
  await at().gleitzeit(["export", "--all", "--format", "csv", "-o", `${at().folder}/before`]);
  const wandas = await ran("--subject", "wanda");
  await taken(nobodys, "ocsf");
  await taken(wandas, "jsonl");
  await at().gleitzeit(["export", "--all", "-o", `${at().folder}/all.bundle`]);
  await at().gleitzeit(["hold", "add", wandas]);
  await at().gleitzeit(["hold", "release", wandas]);
  const theirs = ["LogExported", "HoldPlaced", "HoldReleased"].map((what) => `${what} ${wandas}`);
  const found = async () =>
    (await trail("--subject", "wanda", "--type", "LogExported", "--type", "Hold*")).lines.map((line) =>
      line.run === undefined ? text(line, "what") : `${text(line, "what")} ${text(line, "run")}`,
    );
  const isOfOne = (line: string): boolean => line !== "LogExported";
  expect(await found()).toEqual([...theirs.slice(0, 1), "LogExported", ...theirs.slice(1)]);
  const { out } = await at().gleitzeit(["audit", "trail", "--subject", "wanda"]);
  expect(out).toMatch(new RegExp(`LogExported  access [-0-9]+ of run ${wandas} as jsonl`));
  expect(out).toContain(" of everything as bundle");
  await at().file("gleitzeit.yaml", "retention: {default: {max_age: 1ms}}\n");
  expect((await at().gleitzeit(["retention", "run"])).exit).toBe(0);
  expect((await found()).filter(isOfOne)).toEqual(theirs);
});
