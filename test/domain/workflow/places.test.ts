// Documents may be written in older ways: what is stored is one way, and what is wrong is told where it was written.
import { describe, expect, test } from "vitest";
import { luxonZones } from "../../../src/adapters/host/index.ts";
import { deadlineOf, type Json } from "../../../src/domain/index.ts";
import { asWritten, normalise, readDefinition } from "../../../src/domain/workflow/definition.ts";
import { described } from "../../../src/domain/workflow/described.ts";

type Path = readonly (string | number)[];

describe("a place of the definition, as it was written", () => {
  const task = (...tasks: Json[]) => ({ tasks });
  test.each<readonly [Path, Json, Path]>([
    [["tasks", 0, "params", "x"], task({ parameters: { x: 1 } }), ["tasks", 0, "parameters", "x"]],
    [["tasks", 0, "dependencies", 1], task({ depends_on: [] }), ["tasks", 0, "depends_on", 1]],
    [["tasks", 0, "params"], task({ parameters: {}, params: {} }), ["tasks", 0, "params"]],
    [["tasks", 0], task({ parameters: {} }), ["tasks", 0]],
    [["tasks", 0, "timeout"], task({ parameters: {} }), ["tasks", 0, "timeout"]],
    [["tasks", 1, "params"], task({ parameters: {} }), ["tasks", 1, "params"]],
    [["tasks", 0, "params"], task(3), ["tasks", 0, "params"]],
    [["tasks", "x", "params"], task({ parameters: 1 }), ["tasks", "x", "params"]],
    [["outputs", 0, "params"], task({ parameters: 1 }), ["outputs", 0, "params"]],
    [["tasks", 0, "params"], { tasks: { 0: { parameters: 1 } } }, ["tasks", 0, "params"]],
    [["template", "params", "x", "y"], { template: { x: 1 } }, ["template", "x", "y"]],
    [["template", "params"], { template: { x: 1 } }, ["template"]],
    [["template", "params", "x"], { template: { parameters: { x: 1 } } }, ["template", "parameters", "x"]],
    [["template", "params", "x"], { template: { params: { x: 1 } } }, ["template", "params", "x"]],
    [["template", "dependencies"], { template: { depends_on: 1, params: {} } }, ["template", "depends_on"]],
    [["template"], { template: { x: 1 } }, ["template"]],
    [["template", "params"], { template: 3 }, ["template", "params"]],
    [["name"], { template: { name: 1 } }, ["name"]],
    [["inputs", "params", "type"], { template: { x: 1 }, inputs: {} }, ["inputs", "params", "type"]],
    [["tasks", 0, "params"], 3, ["tasks", 0, "params"]],
  ])("%j of %j", (path, document, place) => {
    expect(asWritten(path, document)).toEqual(place);
  });
});

describe("the definition of a document", () => {
  test.each<readonly [Json, Json]>([
    [3, 3],
    [{ tasks: [3, { parameters: {}, depends_on: [] }] }, { tasks: [3, { params: {}, dependencies: [] }] }],
    [{ tasks: [{ parameters: 1, params: 2 }] }, { tasks: [{ parameters: 1, params: 2 }] }],
    [
      { tasks: { parameters: 1 }, parameters: 2 },
      { tasks: { parameters: 1 }, parameters: 2 },
    ],
    [{ template: { file: "a", method: "b" } }, { template: { method: "b", params: { file: "a" } } }],
    [{ template: { method: "b", model: "m" } }, { template: { method: "b", params: { model: "m" } } }],
    [{ template: { method: "b", methid: "m" } }, { template: { method: "b", methid: "m" } }],
    [{ template: { file: "a", parameters: {} } }, { template: { file: "a", params: {} } }],
    [{ template: { file: "a", params: {} } }, { template: { file: "a", params: {} } }],
    [{ template: [1] }, { template: [1] }],
  ])("%j is %j", (document, definition) => {
    expect(normalise(document)).toEqual(definition);
  });

  test.each<readonly [string, Json]>([
    ["`name` is required", {}],
    ["`` must be a map, not 3", 3],
    ["`tasks` must be a list of tasks, not 3", { name: "x", tasks: 3 }],
    ["`tasks[0].method` is required", { name: "x", tasks: [{ id: "a" }] }],
    ["`tasks[1].method` is required", { name: "x", tasks: [{ method: "echo/echo" }, { id: "b" }] }],
    ["`tasks[0].method` must be a text of 1 to 200 characters, not 3", { name: "x", tasks: [{ method: 3 }] }],
  ])("that is stored does not fit: %s", (what, stored) => {
    expect(() => readDefinition(stored)).toThrow(
      expect.objectContaining({
        code: "WORKFLOW_VALIDATION_FAILED",
        message: `the stored definition does not fit this version: ${what}`,
      }),
    );
  });

  test("that is stored has its deadline in its own zone, or none", () => {
    const deadline = "2026-01-01T00:00:00";
    const zones = luxonZones();
    expect(deadlineOf({ name: "x" }, zones)).toBeUndefined();
    expect(deadlineOf({ name: "x", deadline, timezone: "Europe/Berlin" }, zones)).toBe(
      Date.parse("2025-12-31T23:00:00Z"),
    );
    expect(() => deadlineOf({ name: "x", deadline }, zones)).toThrow(/bad deadline: .*has no offset/);
  });
});

test.each<readonly [unknown, string]>([
  [[1], "a list"],
  [{ a: 1 }, "a map"],
  [null, "null"],
  [undefined, "undefined"],
  ["x", '"x"'],
  ["x".repeat(58), `"${"x".repeat(58)}"`],
  ["x".repeat(59), `"${"x".repeat(58)}…`],
])("a value is shown shortly: %j", (value, text) => {
  expect(described(value)).toBe(text);
});
