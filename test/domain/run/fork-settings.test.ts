// What a fork may set: inputs, params and results of the tasks that it has or that the run had added.
import { describe, expect, test } from "vitest";
import { forkChanges, type JsonObject, namedIn, type RunEvent } from "../../../src/domain/index.ts";
import { given, scheduled, succeeded } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

const inputs = { seats: { type: "integer" }, key: { type: "string", secret: true } } as const;
const graph = graphOf({ fetch: {}, each: { each: {} } }, { inputs });
const grown: RunEvent = { type: "TasksAdded", data: { template: task("each"), count: 2 } };
const { state } = given(graph, scheduled("fetch"), succeeded("fetch"), grown);
const set = (values: JsonObject, fork = graph) => forkChanges(values, state, fork);

describe("what can be set", () => {
  test("are inputs, params and results, also of what has ended, in the order given", () => {
    const values = {
      "inputs.seats": 4,
      "inputs.key": "OTHER_KEY",
      "tasks.fetch.params.a[0]": null,
      "tasks.fetch.result": { ok: true },
      "tasks.fetch.result.pages": 3,
    };
    expect(set(values)).toStrictEqual({
      ok: true,
      changes: [
        { of: "inputs", name: "seats", path: [], value: 4 },
        { of: "inputs", name: "key", path: [], value: "OTHER_KEY" },
        { of: "params", task: "fetch", path: ["a", 0], value: null },
        { of: "result", task: "fetch", path: [], value: { ok: true } },
        { of: "result", task: "fetch", path: ["pages"], value: 3 },
      ],
    });
  });

  test("is nothing, if nothing is asked for", () => {
    expect(set({})).toEqual({ ok: true, changes: [] });
  });

  test("is an element that the run has added, and a task that only the fork has", () => {
    expect(set({ "tasks.each[1].result": 1 })).toMatchObject({ changes: [{ task: "each[1]" }] });
    const wider = graphOf({ fetch: {}, later: {} }, { inputs });
    expect(set({ "tasks.later.params.n": 1 }, wider)).toMatchObject({ changes: [{ task: "later" }] });
    expect(set({ "tasks.each.params.n": 1 }, wider)).toMatchObject({ changes: [{ task: "each" }] });
  });
});

describe("what cannot says so, and what was meant", () => {
  test.each<[JsonObject, string]>([
    [
      { "task.fetch.result": 1 },
      "`task.fetch.result` cannot be set: there are inputs.<name>, tasks.<id>.params… and tasks.<id>.result…",
    ],
    [
      { "tasks.fetch.status": 1 },
      "`tasks.fetch.status` cannot be set: there are inputs.<name>, tasks.<id>.params… and tasks.<id>.result…",
    ],
    [{ "tasks.fetsh.result": 1 }, "unknown task `fetsh`: did you mean `fetch`?"],
    [{ "tasks.nothing_like_it.params": {} }, "unknown task `nothing_like_it`"],
    [{ "tasks.each[2].result": 1 }, "unknown task `each[2]`: did you mean `each`?"],
    [{ "inputs.seat": 1 }, "unknown input `seat`: did you mean `seats`?"],
    [
      { "inputs.seats": 1, "inputs.key": "not a name" },
      "input `key` takes the name of a secret, never the secret itself",
    ],
  ])("%j", (values, message) => {
    expect(set(values)).toEqual({ ok: false, message });
  });

  test("the first that is wrong", () => {
    expect(set({ "inputs.seats": "four", "tasks.nobody.params": {} })).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^input `seats` /),
    });
  });
});

test("a task is called by its id, in the fork before the run", () => {
  expect(namedIn("fetch", state, graph)).toBe("fetch");
  expect(namedIn("each[0]", state, graph)).toBe("each[0]");
  expect(namedIn("nobody", state, graph)).toBeUndefined();
});
