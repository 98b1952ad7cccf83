// Runs that went every way, in the forms of other programs, each held to what its authors say of it.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { valueCheck } from "../../../src/adapters/json-schemas/index.ts";
import { isObject, type JsonObject } from "../../../src/domain/index.ts";
import { at, rig, text } from "../cli/rig.ts";
import { readCsv, unguarded } from "./csv-reader.ts";

const here = rig();

const SECRET_WORD = "nightingale";
const INNER = `name: =1+1
tasks:
  - {id: say, method: echo/echo, params: {message: ${SECRET_WORD}}}
`;
const OUTER = `name: Outer
inputs: {word: {type: string}}
tasks:
  - {id: inner, workflow: ./inner.yaml}
  - {id: bad, method: mcp/tool.add, params: {a: 1, b: "\${inputs.word}"}, on_failure: continue, retry: {max_attempts: 1}}
`;
const FAILS = `name: Fails
tasks:
  - {id: bad, method: mcp/tool.add, params: {a: 1, b: "\${inner.nothing}"}}
  - {id: inner, method: echo/echo, params: {message: hi}}
`;
const WAITS = "name: Waits\ntasks:\n  - {id: hold, wait: {signal: go}}\n";

/** One succeeded with another inside, one failed, one was cancelled; and something that is no run. */
async function story(): Promise<string> {
  await here().file("inner.yaml", INNER);
  const outer = await here().file("outer.yaml", OUTER);
  const ran = await here().gleitzeit(["run", outer, "--input", `word=${SECRET_WORD}`, "--json"]);
  await here().gleitzeit(["run", await here().file("fails.yaml", FAILS), "--json"]);
  const waits = await here().gleitzeit(["run", await here().file("waits.yaml", WAITS), "--detach", "--json"]);
  await here().gleitzeit(["cancel", text(waits.json, "runId"), "--json"]);
  await here().gleitzeit(["workflows", "register", outer, "--json"]);
  return text(ran.json, "runId");
}

async function exported(format: string, what: readonly string[] = ["--all"]): Promise<string> {
  const { exit, out, err } = await here().gleitzeit(["export", ...what, "--format", format]);
  expect({ exit, err }).toEqual({ exit: 0, err: expect.not.stringContaining("error") });
  return out;
}

const documents = (lines: string): readonly JsonObject[] =>
  lines
    .trimEnd()
    .split("\n")
    .map((line): JsonObject => JSON.parse(line));

const withoutValues = ({ data }: JsonObject): JsonObject => {
  const { values: _, ...control } = data !== undefined && isObject(data) ? data : {};
  return control;
};

async function problems(schema: string, found: readonly JsonObject[]) {
  const path = fileURLToPath(new URL(`schemas/${schema}.json`, import.meta.url));
  const check = valueCheck(JSON.parse(await readFile(path, "utf8")));
  return found.flatMap((one) => check(one).map(({ path, message }) => `${path.join(".")}: ${message}`));
}

describe("exports", () => {
  test("the schemas can fail", async () => {
    expect(await problems("cloudevents-1.0", [{ specversion: "1.0", Id: "x" }])).not.toEqual([]);
    expect(await problems("ocsf-1.8.0-api-activity", [{ class_uid: 6003, nonsense: 1 }])).not.toEqual([]);
    expect(await problems("openlineage-2-0-2", [{ eventType: "BEGIN" }])).not.toEqual([]);
  });

  test("of everything, in every form, are what their authors say they are", async () => {
    const run = await story();
    const events = documents(await exported("jsonl"));
    const printed = await here().gleitzeit(["events", run, "--json"]);
    expect(events).toEqual(expect.arrayContaining([...printed.lines]));
    expect(events.map((event) => text(event, "stream"))).toContainEqual(expect.stringMatching(/^workflow-/));

    const cloud = documents(await exported("cloudevents"));
    expect(await problems("cloudevents-1.0", cloud)).toEqual([]);
    const sequences = cloud.map((event) => text(event, "sequence"));
    expect(sequences).toEqual(sequences.toSorted());
    expect(new Set(cloud.map(({ id }) => id)).size).toBe(cloud.length);

    const siem = await exported("ocsf");
    expect(await problems("ocsf-1.8.0-api-activity", documents(siem))).toEqual([]);
    expect(documents(siem)).toContainEqual(
      expect.objectContaining({ status_id: 2, status_code: "TASK_PARAMETER_ERROR" }),
    );

    const lineage = documents(await exported("openlineage"));
    expect(await problems("openlineage-2-0-2", lineage)).toEqual([]);
    const states = new Map<string, unknown[]>();
    for (const one of lineage) {
      const id = JSON.stringify(at(one, "run.runId"));
      states.set(id, [...(states.get(id) ?? []), one.eventType]);
    }
    expect([...states.values()].toSorted()).toEqual([
      ["START", "ABORT"],
      ["START", "COMPLETE"],
      ["START", "COMPLETE"],
      ["START", "FAIL"],
    ]);
    expect(lineage).toContainEqual(
      expect.objectContaining({
        run: expect.objectContaining({
          facets: { parent: expect.objectContaining({ run: { runId: run } }) },
        }),
      }),
    );

    const table = await exported("csv");
    const [head = [], ...rows] = readCsv(table);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head.length]));
    const column = (name: string) => rows.map((row) => row[head.indexOf(name)] ?? "");
    expect(column("workflow")).toContain("'=1+1");
    expect(column("workflow").map(unguarded)).toContain("=1+1");
    expect(column("type").slice(0, 2)).toEqual(["RunSubmitted", "RunStarted"]);
    const known = new Map(events.map((event) => [event.id, withoutValues(event)]));
    for (const [i, id] of column("id").slice(0, events.length).entries()) {
      expect(JSON.parse(unguarded(column("control")[i] ?? ""))).toEqual(known.get(id));
    }

    expect(JSON.stringify(cloud)).toContain(SECRET_WORD);
    for (const safe of [siem, table, JSON.stringify(lineage)]) expect(safe).not.toContain(SECRET_WORD);
  }, 300_000);

  test("of one run are its own and its children's, and each export is an event", async () => {
    const run = await story();
    const mine = documents(await exported("jsonl", [run, "--no-children"]));
    const all = documents(await exported("jsonl", [run]));
    expect(new Set(mine.map(({ stream }) => stream))).toEqual(new Set([`run-main.${run}`]));
    expect(new Set(all.map(({ stream }) => stream)).size).toBe(2);
    expect(all.length).toBeGreaterThan(mine.length);
    const recorded = documents(await exported("jsonl")).filter(({ type }) => type === "LogExported");
    expect(recorded.map((event) => at(event, "data.format"))).toEqual(["jsonl", "jsonl"]);
  }, 300_000);

  test.each([
    [["export", "RUN", "--format", "cassette", "-o", "tape", "--since", "x"], "a cassette is a whole run"],
    [["export", "RUN", "--format", "cassette"], "a cassette is a folder"],
    [["export", "--all", "--format", "cassette", "-o", "tape"], "a cassette is made of one run"],
    [["export", "RUN", "--format", "xml"], "format"],
  ])("%j is wrong usage: %s", async (argv, why) => {
    const ran = await here().gleitzeit(["run", await here().file("in.yaml", INNER), "--json"]);
    const run = text(ran.json, "runId");
    const { exit, err } = await here().gleitzeit(argv.map((word) => (word === "RUN" ? run : word)));
    expect(exit).toBe(2);
    expect(err).toContain(why);
  });
});
