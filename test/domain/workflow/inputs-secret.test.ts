// An input that is secret takes the name of a secret. What was given may be the secret itself: it is never repeated.
import { describe, expect, test } from "vitest";
import { checkInputs, inputsFromText, type Json, type JsonObject } from "../../../src/domain/index.ts";
import { defined, withTask } from "./catalog.ts";

const declare = (inputs: JsonObject) => defined({ ...withTask({}), inputs }).inputs;
const complaints = (given: JsonObject, declared: ReturnType<typeof declare>): readonly string[] => {
  const checked = checkInputs(declared, given);
  return checked.ok ? [] : checked.problems.map(({ message }) => message);
};
const rule = "input `key` takes the name of a secret, never the secret itself";

describe("a secret input", () => {
  const any = declare({ key: { type: "string", secret: true } });
  const some = declare({ key: { type: "string", secret: true, enum: ["PROD", "TEST"] } });

  test.each(["KEY", "_k", "my-key2"])("takes the name %s", (key) => {
    expect(checkInputs(any, { key })).toEqual({ ok: true, inputs: { key } });
  });

  test.each<Json>(["sk-live 123", "", "9abc", 7, null, ["KEY"], { KEY: "x" }])(
    "refuses %j without a word of it",
    (key) => {
      expect(complaints({ key }, any)).toEqual([
        `${rule}: letters, digits, \`_\` and \`-\`, the first a letter or \`_\``,
      ]);
    },
  );

  test("takes one of those that it names", () => {
    expect(complaints({ key: "PROD" }, some)).toEqual([]);
    expect(complaints({ key: "OTHER" }, some)).toEqual([`${rule}: one of "PROD", "TEST"`]);
  });

  test("is required like any other", () => {
    expect(complaints({}, any)).toEqual(["input `key` is required (string)"]);
  });
});

describe("what else is said of inputs", () => {
  test("a name that is near none: all that there are", () => {
    const declared = declare({
      seats: { type: "integer", default: 1 },
      price: { type: "number", default: 2 },
    });
    expect(complaints({ zzzzzz: 1 }, declared)).toEqual(["unknown input `zzzzzz`: it takes seats, price"]);
  });

  test("a choice that is a list or a map is compared by what is in it", () => {
    const declared = declare({ pair: { type: "array", enum: [[1, 2], [3]] } });
    expect(complaints({ pair: [3] }, declared)).toEqual([]);
    expect(complaints({ pair: [2, 1] }, declared)).toEqual([
      "input `pair` must be one of [1,2], [3], not a list",
    ]);
  });

  test("numbers that no JSON holds", () => {
    const declared = declare({ price: { type: "number" } });
    for (const price of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(complaints({ price }, declared)).toHaveLength(1);
  });

  test("given as text, one that nobody declared stays text", () => {
    const declared = declare({ seats: { type: "integer" }, name: { type: "string" } });
    expect(inputsFromText(declared, { seats: "4", name: "4", other: "4", constructor: "4" })).toEqual({
      seats: 4,
      name: "4",
      other: "4",
      constructor: "4",
    });
  });
});
