// What a person is given who asks for everything that is held on them.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isObject, type JsonObject } from "../../../src/domain/index.ts";
import { rig, text } from "./rig.ts";

const here = rig();
const LEDGER = `name: Ledger
inputs: {who: {type: string}}
tasks:
  - {id: entry, method: echo/echo, params: {message: "to \${inputs.who}"}}
`;

const given = async (...more: readonly string[]): Promise<readonly JsonObject[]> => {
  const file = join(here().folder, "held.jsonl");
  const { exit, err } = await here().gleitzeit(["export", "--subject", "anna", "-o", file, ...more]);
  expect({ exit, err }).toEqual({ exit: 0, err: "" });
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line)).filter(isObject);
};

const kinds = (lines: readonly JsonObject[]): readonly string[] =>
  lines.flatMap((line) => Object.keys(line).slice(0, 1));

test("runs with their values in clear, files, the name, holds; also out of archives, and placeholders once erased", async () => {
  await here().file("gleitzeit.yaml", "retention: {default: {max_age: 1ms}}\n");
  const path = await here().file("ledger.yaml", LEDGER);
  const { gleitzeit } = here();
  const run = text(
    (
      await gleitzeit(["run", path, "--subject", "anna", "--input", "who=Mirabelle", "--json"], {
        user: "anna",
      })
    ).json,
    "runId",
  );
  await gleitzeit(["run", path, "--subject", "ben", "--input", "who=Quitte"]);
  await gleitzeit(["hold", "add", "anna"]);

  const held = await given();
  expect(held[0]).toMatchObject({ name: "anna", tenant: "main" });
  expect(held[1]).toMatchObject({ actor: { name: "anna" } });
  expect(held[2]).toMatchObject({ run: { runId: run, workflow: "Ledger", status: "succeeded" } });
  expect(new Set(kinds(held))).toEqual(new Set(["subject", "actor", "run", "event", "blob", "hold"]));
  expect(JSON.stringify(held)).toContain("to Mirabelle");
  expect(JSON.stringify(held)).not.toContain("Quitte");
  const source = Buffer.from(LEDGER).toString("base64");
  expect(held.flatMap(({ blob }) => (isObject(blob) ? [blob.base64] : []))).toContain(source);

  await gleitzeit(["hold", "release", "anna"]);
  await gleitzeit(["retention", "run"]);
  expect(await gleitzeit(["show", run])).toMatchObject({ exit: 4 });
  const archived = await given();
  expect(JSON.stringify(archived)).toContain("to Mirabelle");
  expect(JSON.stringify(archived)).not.toContain("Quitte");
  expect(archived.filter(({ event }) => event)).toHaveLength(5);

  await gleitzeit(["erase", "anna", "--reason", "asked for"]);
  const erased = JSON.stringify(await given());
  expect(erased).not.toContain("Mirabelle");
  expect(erased).toContain('"$erased":true');
  expect(erased).toContain("SubjectErased");
});

test("nobody is an error, and leaves no trace; a run and a person at once are wrong usage", async () => {
  const path = await here().file("ledger.yaml", LEDGER);
  await here().gleitzeit(["run", path, "--subject", "anna", "--input", "who=x"]);
  const before = (await here().gleitzeit(["status", "--json"])).json.head;
  expect(await here().gleitzeit(["export", "--subject", "nobody"])).toMatchObject({ exit: 4, out: "" });
  expect((await here().gleitzeit(["status", "--json"])).json.head).toEqual(before);
  expect(await here().gleitzeit(["export", "--all", "--subject", "anna"])).toMatchObject({ exit: 2 });
  expect(await here().gleitzeit(["export", "--subject", "anna", "--format", "csv"])).toMatchObject({
    exit: 2,
  });
});
