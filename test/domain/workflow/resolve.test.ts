import { describe, expect, test } from "vitest";
import {
  errorInfo,
  headsOf,
  type Json,
  type JsonObject,
  resolve,
  type TaskValue,
} from "../../../src/domain/index.ts";

const values: readonly TaskValue[] = [
  { kind: "result", value: { response: "oak", planks: [3, 1, 2], deep: { x: null, "odd key": 7 } } },
  { kind: "result", value: { result: { deepest: 9, ok: true }, output: "soundings" } },
  { kind: "error", error: errorInfo("TASK_EXECUTION_FAILED", "KeyError: compass", { details: { line: 3 } }) },
  { kind: "skipped" },
  { kind: "missing" },
  { kind: "result", value: [1, "two", { three: 3 }] },
  { kind: "result", value: { error: { code: 5 }, constructor: "mine" } },
  { kind: "result", value: "${keel.response} and $${x}" },
];
const heads = headsOf(
  ["keel", "script", "fragile", "skipped", "missing", "list", "sound", "text"].map((id) => ({ id })),
);
const inputs: JsonObject = { seats: 4, name: "Anna", nothing: null, "a-b": [true] };

function resolved(template: Json): Json {
  const answer = resolve(template, {
    heads,
    inputs,
    runId: "run-1",
    task: (i) => values[i] ?? { kind: "missing" },
  });
  return answer.ok ? answer.value : `${answer.error.code} ${answer.error.message}`;
}

describe("references", () => {
  test.each<readonly [string, Json]>([
    ["${inputs.seats}", 4],
    ["${inputs.nothing}", null],
    ["${inputs}", inputs],
    ["${inputs.a-b[0]}", true],
    ["${run.id}", "run-1"],
    ["${keel.planks}", [3, 1, 2]],
    ["${keel.deep.x}", null],
    ['${keel.deep["odd key"]}', 7],
    ["${list[2].three}", 3],
    ["${list}", [1, "two", { three: 3 }]],
  ])("a string that is one reference keeps the type: %s", (template, expected) => {
    expect(resolved(template)).toEqual(expected);
  });

  test.each([
    ["${inputs.seats} x ${inputs.name}", "4 x Anna"],
    ["${keel.planks}!", "[3,1,2]!"],
    ["${keel.deep}", { x: null, "odd key": 7 }],
    ["<${keel.deep}>", '<{"odd key":7,"x":null}>'],
    ["${inputs.nothing},${script.result.ok}", "null,true"],
    ["${keel.response} ", "oak "],
  ])(
    "inside a longer string texts and numbers stand as they are, the rest as JSON: %s",
    (template, expected) => {
      expect(resolved(template)).toEqual(expected);
    },
  );

  test("alone, a task is its `result`, else its `response`, else the whole", () => {
    expect(resolved("${script}")).toEqual({ deepest: 9, ok: true });
    expect(resolved("${keel}")).toBe("oak");
    expect(resolved("${sound}")).toEqual({ error: { code: 5 }, constructor: "mine" });
  });

  test("`.result` is the result itself where it has no such key", () => {
    expect(resolved("${script.result.deepest}")).toBe(9);
    expect(resolved("${keel.result}")).toEqual(values[0]?.kind === "result" ? values[0].value : undefined);
    expect(resolved("${keel.result.response}")).toBe("oak");
    expect(resolved("${keel.result.planks[1]}")).toBe(1);
    expect(resolved("${list.result[0]}")).toBe(1);
  });

  test("a tolerated failure is seen as `error`; of a task that succeeded it is just a field", () => {
    expect(resolved("${fragile.error.code}")).toBe("TASK_EXECUTION_FAILED");
    expect(resolved("${fragile.error.message}")).toBe("KeyError: compass");
    expect(resolved("${fragile.error.details.line}")).toBe(3);
    expect(resolved("${sound.error.code}")).toBe(5);
    expect(resolved("${fragile.response}")).toMatch(/task `fragile` failed.*fragile\.error\.code/);
    expect(resolved("${keel.error.code ?? null}")).toBeNull();
  });

  test("a default stands where the value is missing or its task was skipped, and nowhere else", () => {
    expect(resolved("${keel.mast ?? 0}")).toBe(0);
    expect(resolved("${skipped.x ?? []}")).toEqual([]);
    expect(resolved('${skipped ?? "none"}')).toBe("none");
    expect(resolved('${inputs.absent ?? {"a": 1}}')).toEqual({ a: 1 });
    expect(resolved("${fragile.response ?? 1}")).toBe(1);
    expect(resolved("${inputs.nothing ?? 1}")).toBeNull();
    expect(resolved("is ${keel.mast ?? 0}")).toBe("is 0");
    expect(resolved('${keel.mast ?? "${inputs.seats}"}')).toBe("${inputs.seats}");
  });

  test("a path that is missing names the reference, the place, and the keys that exist", () => {
    const answer = resolve(
      { a: [{ b: "in ${keel.mast}" }] },
      { heads, inputs, runId: "r", task: (i) => values[i] ?? { kind: "missing" } },
    );
    expect(answer).toEqual({
      ok: false,
      error: {
        code: "TASK_PARAMETER_ERROR",
        retryable: false,
        message: "params.a[0].b: `${keel.mast}`: `keel` has no key `mast`; it has: response, planks, deep",
        details: { path: "params.a[0].b", reference: "${keel.mast}", keys: ["response", "planks", "deep"] },
      },
    });
  });

  test.each([
    ["${keel.planks[3]}", /`keel\.planks` has no element \[3\]; it is a list of 3/],
    ["${keel.planks.length}", /has no key `length`; it is a list of 3/],
    ["${keel[0]}", /`keel` has no element \[0\]; it has: response/],
    ["${keel.response.x}", /`keel\.response` has no key `x`; it is a text/],
    ["${keel.deep.x.y}", /`keel\.deep\.x` has no key `y`; it is null/],
    ["${inputs.absent}", /`inputs` has no key `absent`; it has: seats, name/],
    ["${skipped.x}", /task `skipped` was skipped/],
    ["${missing}", /task `missing` has no result/],
    ["${nobody}", /task `nobody` has no result/],
    ["${keel..x}", /empty step/],
  ])("%s fails", (template, reason) => {
    expect(resolved(template)).toMatch(/^TASK_PARAMETER_ERROR /);
    expect(resolved(template)).toMatch(reason);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "inherited `%s` does not exist",
    (key) => {
      expect(resolved(`\${keel.${key}}`)).toMatch(/TASK_PARAMETER_ERROR/);
      expect(resolved(`\${inputs.${key}}`)).toMatch(/TASK_PARAMETER_ERROR/);
      expect(resolved(`\${list.${key}}`)).toMatch(/TASK_PARAMETER_ERROR/);
    },
  );

  test("an own key of such a name does", () => {
    expect(resolved("${sound.constructor}")).toBe("mine");
  });

  test("what comes in is not read again", () => {
    expect(resolved("${text}")).toBe("${keel.response} and $${x}");
    expect(resolved("got ${text}")).toBe("got ${keel.response} and $${x}");
  });

  test("keys stand as written, and everything else passes through", () => {
    expect(resolved({ "${keel}": "${keel}", n: 1, b: false, z: null, l: [[], {}] })).toEqual({
      "${keel}": "oak",
      n: 1,
      b: false,
      z: null,
      l: [[], {}],
    });
  });

  test("a text that grows beyond all measure is refused instead of built", () => {
    const large = "x".repeat(2 ** 20);
    const scope = {
      heads: headsOf([]),
      inputs: { large },
      runId: "r",
      task: () => ({ kind: "missing" }) as const,
    };
    const answer = resolve("${inputs.large}".repeat(100), scope);
    expect(answer.ok).toBe(false);
  });
});
