// Which secrets a document names, and where; and whether it has conditions at all.
import { describe, expect, test } from "vitest";
import { hasConditions, type Json, namedSecrets, pathText } from "../../../src/domain/index.ts";
import { defined, echo, withTask, withTasks } from "./catalog.ts";

const named = (document: Json) =>
  namedSecrets(defined(document)).map(({ name, path }) => `${name} at ${pathText(path)}`);

describe("secrets that a document names", () => {
  test("are found wherever they may stand, each at its place", () => {
    const task = {
      params: { list: ["plain", { x: "Bearer ${secret.A}" }] },
      fallback: [{ method: "echo/other" }, { params: { y: "${ secret.B }${secret.C}" } }],
      compensate: { method: "echo/undo", params: { z: "${secret.D}" } },
    };
    expect(named(withTasks(echo("a"), echo("b", task)))).toEqual([
      "A at tasks[1].params.list[1].x",
      "B at tasks[1].fallback[1].params.y",
      "C at tasks[1].fallback[1].params.y",
      "D at tasks[1].compensate.params.z",
    ]);
  });

  test("are found in a template, and in what a workflow is called with", () => {
    const template = { method: "echo/echo", params: { x: "${secret.A}" } };
    expect(named({ name: "n", batch: { directory: "in" }, template })).toEqual(["A at template.params.x"]);
    const call = { id: "a", workflow: "part.yaml", inputs: { key: "${secret.B}" } };
    expect(named(withTasks(call))).toEqual(["B at tasks[0].inputs.key"]);
  });

  test("are none where the text only looks like one", () => {
    const params = { a: "$${secret.A}", b: "secret.B", c: 7, d: ["x", null], e: "${inputs.secret}" };
    const inputs = { secret: { type: "string" } };
    expect(named({ ...withTask({ params }), inputs })).toEqual([]);
  });
});

test.each<[Json, boolean]>([
  [{ tasks: [{ id: "a" }, { id: "b", when: "true" }] }, true],
  [{ tasks: [{ id: "b", when: null }] }, true],
  [{ template: { when: "true" } }, true],
  [{ tasks: [{ id: "a" }], template: {} }, false],
  [{ tasks: [null, "when"], when: "true" }, false],
  [{ tasks: { when: "true" } }, false],
  [[{ when: "true" }], false],
  [null, false],
])("%j has conditions: %s", (document, has) => {
  expect(hasConditions(document)).toBe(has);
});
