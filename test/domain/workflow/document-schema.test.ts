// The published schemas of documents: current, complete, and of one mind with `validate`.
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentSchemas, isObject, type Json, type JsonObject } from "../../../src/domain/index.ts";
import { tries } from "../tries.ts";
import { echo, problems, withTask, withTasks } from "./catalog.ts";
import { refusalsAsBatch, refusalsOf } from "./editor.ts";

const published = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`../../../schemas/${name}.json`, import.meta.url), "utf8"));

test("what is published is what the program checks with (npm run generate)", async () => {
  const { workflow, batch } = documentSchemas();
  expect(await published("workflow")).toEqual(JSON.parse(JSON.stringify(workflow)));
  expect(await published("batch")).toEqual(JSON.parse(JSON.stringify(batch)));
});

test("every key of every part has a description", async () => {
  const parts = Object.values(documentSchemas()).flatMap((schema) => [
    schema,
    ...Object.values(isObject(schema.definitions) ? schema.definitions : {}),
  ]);
  expect(parts.length).toBeGreaterThan(15);
  for (const part of parts) {
    const { properties } = isObject(part) ? part : {};
    expect(isObject(properties)).toBe(true);
    for (const [key, member] of Object.entries(isObject(properties) ? properties : {})) {
      expect(isObject(member) && member.description, key).toMatch(/\.$/);
    }
  }
});

const batch = (more: JsonObject = {}, template: JsonObject = {}): JsonObject => ({
  name: "Letters",
  batch: { directory: "letters" },
  template: { method: "python/execute", params: { file: "count.py" }, ...template },
  ...more,
});

describe("what is wrong with the keys and values of a document is wrong for an editor too", () => {
  test.each<[what: string, document: Json]>([
    ["no map", []],
    ["no name", { tasks: [echo("a")] }],
    ["no tasks", { name: "x" }],
    ["an empty list of tasks", withTasks()],
    ["an unknown key", { ...withTask({}), dependancies: [] }],
    ["an unknown key of a task", withTask({ dependancies: [] })],
    ["a person named in a document", { ...withTask({}), subject: "x" }],
    ["a long name", { ...withTask({}), name: "x".repeat(201) }],
    ["a reference in a name", { ...withTask({}), name: "for ${inputs.x}" }],
    ["an id that is none", withTask({ id: "1a" })],
    ["no duration", withTask({ timeout: "soon" })],
    ["a unit out of order", withTask({ timeout: "5s1m" })],
    ["a timeout of nothing", withTask({ timeout: 0 })],
    ["a timeout of a week", withTask({ timeout: 604_800 })],
    ["a bad count", withTask({ retry: { max_attempts: 0 } })],
    ["a bad word", withTask({ on_failure: "ignore" })],
    ["an unknown error code", withTask({ retry: { on: ["TIMEOUT"] } })],
    ["an empty condition", withTask({ when: " " })],
    ["params twice", withTask({ params: {}, parameters: {} })],
    ["dependencies twice", withTask({ dependencies: [], depends_on: [] })],
    ["a task that is nothing", withTasks({ id: "a" })],
    ["a task that is two things", withTask({ wait: { for: 1 } })],
    ["inputs of a method", withTask({ inputs: {} })],
    ["params of a sub-workflow", withTasks({ id: "a", workflow: "b.yaml", params: {} })],
    ["older params of a sub-workflow", withTasks({ id: "a", workflow: "b.yaml", parameters: {} })],
    ["retries of a wait", withTasks({ id: "a", wait: { for: 1 }, retry: {} })],
    ["a wait for nothing", withTasks({ id: "a", wait: {} })],
    ["a wait for two things", withTasks({ id: "a", wait: { for: 1, signal: "x" } })],
    ["a time limit of a time", withTasks({ id: "a", wait: { for: 1, timeout: 5 } })],
    ["no instant", withTasks({ id: "a", wait: { until: "tomorrow" } })],
    ["a question without words", withTasks({ id: "a", approval: {} })],
    ["parallel what is not repeated", withTask({ max_parallel: 2 })],
    ["a text for a list", withTask({ for_each: "x" })],
    ["a fallback of nothing known", withTask({ fallback: [{ methd: "echo/echo" }] })],
    ["no deadline", { ...withTask({}), deadline: "tomorrow" }],
    ["a bad name of an input", { ...withTask({}), inputs: { "a b": { type: "string" } } }],
    ["an input without a type", { ...withTask({}), inputs: { a: {} } }],
    ["a default of another type", { ...withTask({}), inputs: { a: { type: "string", default: 1 } } }],
    ["no choices", { ...withTask({}), inputs: { a: { type: "string", enum: [] } } }],
    ["a choice of another type", { ...withTask({}), inputs: { a: { type: "integer", enum: [1, "2"] } } }],
    ["a template without a batch", { ...withTask({}), template: { method: "echo/echo" } }],
    ["a batch with tasks", batch({ tasks: [] })],
    ["a batch without a template", { name: "x", batch: { directory: "x" } }],
    ["a batch by its type alone", { name: "x", type: "batch", template: { method: "echo/echo" } }],
    ["a batch of nowhere", batch({ batch: {} })],
    ["a pattern among files", batch({ batch: { files: ["a"], pattern: "*" } })],
    ["an id in a template", batch({}, { id: "a" })],
    ["dependencies in a template", batch({}, { depends_on: [] })],
    ["a question in a template", batch({}, { approval: { message: "?" } })],
    ["a stray key beside params", batch({}, { context: {} })],
    ["a template that is nothing", { name: "x", batch: { directory: "x" }, template: { context: {} } }],
  ])("%s", (_, document) => {
    expect(problems(document)).not.toEqual([]);
    expect(refusalsOf(document)).not.toEqual([]);
  });
});

describe("a batch", () => {
  test.each([
    ["with params", batch()],
    ["with older params", batch({}, {})],
    [
      "with params beside its keys",
      { ...batch(), template: { method: "llm/chat", model: "x", system: "Be brief." } },
    ],
    ["by its type", batch({ type: "batch" })],
  ])("%s is one for both schemas", (_, document) => {
    expect(problems(document)).toEqual([]);
    expect(refusalsAsBatch(document)).toEqual([]);
  });

  test("is not what has tasks", () => {
    expect(refusalsAsBatch(withTask({}))).not.toEqual([]);
    expect(refusalsAsBatch(batch({ tasks: [] }))).not.toEqual([]);
  });
});

const KEYS = [
  ...[
    "method",
    "params",
    "parameters",
    "timeout",
    "retry",
    "wait",
    "approval",
    "workflow",
    "inputs",
    "for_each",
  ],
  ...["max_parallel", "fail_fast", "when", "fallback", "id", "name", "priority", "on_failure", "strange"],
];
const VALUES: readonly Json[] = [
  ...["echo/echo", "x", "", "5m", "${a}", "high", "fail", "inputs.a"],
  ...[0, 1, 1.5, true, null, [], ["a"], {}, { for: "1s" }, { message: "Really?" }, { max_attempts: 2 }],
];

test("an editor never complains about a document that is valid, whatever stands in it", () => {
  const task = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), { maxKeys: 4 });
  let valid = 0;
  fc.assert(
    fc.property(task, ({ ...more }) => {
      // `problems` itself asks the schema about whatever is valid.
      if (problems(withTasks({ id: "other", method: "echo/echo", ...more })).length === 0) valid += 1;
    }),
    tries(500),
  );
  expect(valid).toBeGreaterThan(5);
});
