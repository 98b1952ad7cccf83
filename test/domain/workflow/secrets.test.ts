// Where documents may name secrets, and variables of the environment.
import { describe, expect, test } from "vitest";
import {
  checkInputs,
  type Declarations,
  headsOf,
  type Json,
  type JsonObject,
  namedSecrets,
  resolve,
  type Scope,
  validate,
} from "../../../src/domain/index.ts";
import { catalog, defined, echo, told, withTask, withTasks } from "./catalog.ts";

const only = (document: JsonObject): string => {
  const found = told(document);
  expect(found).toHaveLength(1);
  return found[0] ?? "";
};

const TOKEN = { inputs: { token: { type: "string", secret: true } } };

const nothing: Scope = { heads: headsOf([]), inputs: {}, runId: "r", task: () => ({ kind: "missing" }) };

describe("a secret may be named", () => {
  test.each<[string, JsonObject]>([
    ["in params", { params: { deep: [{ x: "Bearer ${secret.KEY}" }] } }],
    ["in a fallback", { fallback: [{ params: { x: "${secret.my-key}" } }] }],
    ["in what undoes a task", { compensate: { method: "echo/echo", params: { x: "${ secret.KEY }" } } }],
    ["for each element", { for_each: [1], params: { x: "${secret.KEY}${item}" } }],
    ["by an input", { params: { x: "${inputs.token}", y: '${inputs.token ?? ""}' } }],
  ])("%s", (_, task) => {
    expect(told({ ...withTask(task), ...TOKEN })).toEqual([]);
  });

  test.each<[string, JsonObject]>([
    ["outputs", { outputs: { x: "${secret.KEY}" } }],
    ["outputs, by an input", { outputs: { x: "a ${inputs.token}" } }],
    ["for_each", { tasks: [echo("a", { for_each: "${secret.KEY}" })] }],
    ["the key of a cache", { tasks: [echo("a", { cache: { key: "${secret.KEY}" } })] }],
    ["a wait", { tasks: [{ id: "a", wait: { for: "${secret.KEY}" } }] }],
    ["an approval", { tasks: [{ id: "a", approval: { message: "is ${secret.KEY} right?" } }] }],
    [
      "an approval, as a method",
      { tasks: [{ id: "a", method: "approval/request", params: { message: "${inputs.token}" } }] },
    ],
  ])("not in %s, where it would be recorded", (_, more) => {
    expect(only({ ...withTask({}), ...TOKEN, ...more })).toMatch(/may stand in `params` only/);
  });

  test.each([
    ["${secret}", /names no secret/],
    ["${secret.a.b}", /names no secret/],
    ["${secret[0]}", /names no secret/],
    ['${secret["a b"]}', /names no secret/],
    ['${secret.KEY ?? "x"}', /has no default/],
    ["${inputs.token.part}", /has no parts/],
    ["${env}", /names no variable/],
    ["${env.A.b}", /names no variable/],
  ])("%s is no name", (text, reason) => {
    expect(only({ ...withTask({ params: { x: text } }), ...TOKEN })).toMatch(reason);
  });

  test("those that a document names itself are found with their places, whatever else stands there", () => {
    const document = withTasks(
      echo("a", { params: { x: ["${secret.ONE}", "$${secret.NOT}"], y: "${inputs.token} ${secret.TWO}" } }),
      echo("b", { fallback: [{ params: { x: "${a} ${secret.ONE}" } }] }),
    );
    expect(namedSecrets(defined({ ...document, ...TOKEN }))).toEqual([
      { name: "ONE", path: ["tasks", 0, "params", "x", 0] },
      { name: "TWO", path: ["tasks", 0, "params", "y"] },
      { name: "ONE", path: ["tasks", 1, "fallback", 0, "params", "x"] },
    ]);
  });
});

describe("an input that is secret", () => {
  const declared: Declarations = { token: { type: "string", secret: true, enum: ["ONE", "TWO"] } };

  test("is a text, and so are its defaults a name", () => {
    expect(only({ ...withTask({}), inputs: { x: { type: "integer", secret: true } } })).toMatch(
      /inputs\.x\.type: `type` of input `x` must be string/,
    );
    expect(
      only({ ...withTask({}), inputs: { x: { type: "string", secret: true, default: "a b" } } }),
    ).toMatch(/default of input `x` is no name of a secret/);
  });

  test.each<[string, Json]>([
    ["a text that is no name", "hunter2 and more"],
    ["another name", "THREE"],
    ["a number", 123456],
  ])("takes names alone: %s is refused, and not repeated", (_, value) => {
    const checked = checkInputs(declared, { token: value });
    expect(checked.ok).toBe(false);
    expect(JSON.stringify(checked)).toMatch(/takes the name of a secret, never the secret itself/);
    expect(JSON.stringify(checked)).not.toContain(JSON.stringify(value).replaceAll('"', ""));
  });
});

describe("a variable of the environment", () => {
  const asked = (text: string) =>
    validate(
      { ...withTask({ params: { x: text } }), outputs: { x: text } },
      { ...catalog, environment: new Set(["HARBOUR"]) },
    ).problems.map(({ message }) => message);

  test("may be read anywhere, if the configuration says so", () => {
    expect(asked("${env.HARBOUR}")).toEqual([]);
    expect(asked('${env.HARBOUR ?? "none"}')).toEqual([]);
    expect(asked("${env.HARBOR}")).toEqual(
      Array(2).fill(
        "`${env.HARBOR}`: the configuration does not let documents read `HARBOR`: did you mean `HARBOUR`?",
      ),
    );
    expect(asked("${env.PATH}")[0]).toMatch(/add it to `env\.allow`/);
  });

  test("is a text, or missing; nothing inherited is one", () => {
    const scope: Scope = { ...nothing, environment: { A: "1" } };
    expect(resolve({ a: "${env.A}", b: "x${env.B ?? 2}" }, scope)).toEqual({
      ok: true,
      value: { a: "1", b: "x2" },
    });
    for (const name of ["B", "constructor", "__proto__"])
      expect(resolve(`\${env.${name}}`, scope)).toMatchObject({
        ok: false,
        error: { code: "TASK_PARAMETER_ERROR", message: expect.stringContaining("`env.allow`") },
      });
  });
});
