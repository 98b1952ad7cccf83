// What a reference finds, and what is said where it finds nothing: by kind of what stands there, and with what is there.
import { describe, expect, test } from "vitest";
import {
  errorInfo,
  headsOf,
  type Json,
  resolve,
  type Scope,
  type TaskValue,
} from "../../../src/domain/index.ts";

const error = errorInfo("TASK_EXECUTION_FAILED", "KeyError: compass");
const values: readonly TaskValue[] = [
  { kind: "result", value: { result: { text: "hi" }, n: 1 } },
  { kind: "result", value: { response: null, n: 1 } },
  { kind: "error", error, results: [1, null] },
  { kind: "error", error },
  { kind: "result", value: {} },
];
const heads = headsOf(["script", "model", "each", "fails", "empty"].map((id) => ({ id })));
const scope: Scope = {
  heads,
  inputs: { s: "text", yes: true, none: null, n: 7, list: [1, 2], key: "MY_KEY", constructor: 1 },
  declared: { key: { type: "string", secret: true }, s: { type: "string" } },
  environment: { HOME: "/home", EMPTY: "" },
  runId: "run-1",
  task: (index) => values[index] ?? { kind: "missing" },
};
const answer = (template: Json, more: Partial<Scope> = {}) => resolve(template, { ...scope, ...more });
const value = (template: Json, more: Partial<Scope> = {}) => {
  const found = answer(template, more);
  return found.ok ? found.value : found.error.message;
};

describe("found is", () => {
  test.each<[string, Json]>([
    ["${script}", { text: "hi" }],
    ["${script.result.text}", "hi"],
    ["${script.n}", 1],
    ["${model}", null],
    ["${model.result.n}", 1],
    ["${empty}", {}],
    ["${empty.result}", {}],
    ["${each}", [1, null]],
    ["${each[0]}", 1],
    ["${each.error.code}", "TASK_EXECUTION_FAILED"],
    ["${fails.error.message}", "KeyError: compass"],
    ["${env.HOME}", "/home"],
    ["${env.EMPTY}", ""],
    ["${inputs.constructor}", 1],
    ["${inputs.key}", "${secret.MY_KEY}"],
    ["${secret.OTHER}", "${secret.OTHER}"],
    ["${inputs.s}", "text"],
  ])("by %s: %j", (template, expected) => {
    expect(value(template)).toEqual(expected);
  });

  test("the item and its index, in a task that is repeated", () => {
    const each = { item: { a: [1] }, index: 3 };
    expect(value("${item.a[0]}/${index}", { each })).toBe("1/3");
    expect(value("${item}", { each })).toEqual({ a: [1] });
    expect(value("${index}", { each: { item: null, index: 0 } })).toBe(0);
  });
});

describe("nothing is found", () => {
  test.each([
    ["${inputs.s.length}", "`inputs.s` has no key `length`; it is a text"],
    ["${inputs.yes[0]}", "`inputs.yes` has no element [0]; it is a boolean"],
    ["${inputs.n.x}", "`inputs.n` has no key `x`; it is a number"],
    ["${inputs.none.x}", "`inputs.none` has no key `x`; it is null"],
    ["${inputs.list[2]}", "`inputs.list` has no element [2]; it is a list of 2"],
    ["${inputs.list.length}", "`inputs.list` has no key `length`; it is a list of 2"],
    ["${empty.x}", "`empty` has no key `x`; it is empty"],
    ["${script.toString}", "`script` has no key `toString`; it has: result, n"],
    [
      "${script.text}",
      "`script` has no key `text`; it has: result, n; its `result` has it: `${script.result.text}`",
    ],
    ["${env.PATH}", "the variable `PATH` is not set here, or not among `env.allow` of the configuration"],
    [
      "${env.toString}",
      "the variable `toString` is not set here, or not among `env.allow` of the configuration",
    ],
  ])("by %s: %s", (template, message) => {
    expect(value(template)).toContain(message);
  });

  test("of many keys the first fifty are named, each by its first sixty characters", () => {
    const inputs = Object.fromEntries(Array.from({ length: 52 }, (_, i) => [`${"k".repeat(70)}${i}`, i]));
    const message = JSON.stringify(value("${inputs.x}", { inputs, declared: {} }));
    expect(message).toContain(`it has: ${"k".repeat(60)}, ${"k".repeat(60)}, `);
    expect(message).not.toContain("k".repeat(61));
    expect(message).toContain(" and 2 more");
    expect(message.split("k".repeat(60))).toHaveLength(51);
  });

  test("of a secret that was not given a name", () => {
    expect(value("${inputs.key}", { inputs: {} })).toContain("`inputs` has no key `key`");
    expect(value("${inputs.key}", { inputs: { key: 7 } })).toBe(7);
  });
});
