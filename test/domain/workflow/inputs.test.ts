import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkInputs, inputsFromText, type Json, type JsonObject } from "../../../src/domain/index.ts";
import { defined, told, withTask } from "./catalog.ts";

const declare = (inputs: JsonObject) => defined({ ...withTask({}), inputs }).inputs;
const ticket = declare({
  seats: { type: "integer", description: "how many" },
  price: { type: "number", default: 12 },
  class: { type: "string", enum: ["deck", "cabin"], default: "deck" },
  note: { type: "string", required: false },
});

const complaints = (given: JsonObject, declared = ticket): readonly string[] => {
  const checked = checkInputs(declared, given);
  return checked.ok ? [] : checked.problems.map(({ message }) => message);
};

describe("inputs given to a run", () => {
  test("defaults are filled in, and what is not required may be missing", () => {
    expect(checkInputs(ticket, { seats: 4 })).toEqual({
      ok: true,
      inputs: { seats: 4, price: 12, class: "deck" },
    });
  });

  test("all problems at once", () => {
    expect(complaints({ price: "12", class: "roof", seets: 4 })).toEqual([
      "unknown input `seets`: did you mean `seats`?",
      "input `seats` is required (integer)",
      'input `price` must be a number, not "12"',
      'input `class` must be one of "deck", "cabin", not "roof"',
    ]);
  });

  test("a workflow without inputs takes none", () => {
    expect(complaints({ x: 1 }, {})).toEqual(["unknown input `x`: this workflow takes none"]);
    expect(checkInputs(undefined, {})).toEqual({ ok: true, inputs: {} });
  });

  test.each<readonly [string, readonly Json[], readonly Json[]]>([
    ["string", ["", "x"], [1, null, []]],
    ["number", [1, 1.5, -2], ["1", null, true]],
    ["integer", [1, -2, 0], [1.5, "1", 2 ** 53]],
    ["boolean", [true, false], ["true", 0, null]],
    ["array", [[], [1, "x"]], [{}, "[]", null]],
    ["object", [{}, { a: { b: 1 } }], [[], "{}", null]],
  ])("type %s", (type, good, bad) => {
    const declared = declare({ x: { type } });
    for (const x of good) expect(complaints({ x }, declared), JSON.stringify(x)).toEqual([]);
    for (const x of bad) expect(complaints({ x }, declared), JSON.stringify(x)).toHaveLength(1);
  });

  test("numbers that not every reader sees alike are refused, at any depth", () => {
    const declared = declare({ x: { type: "array" } });
    expect(complaints({ x: [{ y: 2 ** 60 }] }, declared)[0]).toMatch(/`x\[0\]\.y`: integer .* beyond/);
    expect(complaints({ x: [Number.NaN] }, declared)).toHaveLength(1);
  });

  test("inherited names are no inputs", () => {
    expect(complaints({ seats: 1, constructor: 1 })).toHaveLength(1);
    expect(inputsFromText(ticket, { toString: "1" })).toEqual({ toString: "1" });
  });

  test("values of any keys survive", () => {
    const declared = declare({ x: { type: "object" } });
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(fc.string(), fc.constant("__proto__"), fc.constant("$blob")), fc.string()),
        (x) => {
          expect(JSON.stringify(checkInputs(declared, { x }))).toBe(
            JSON.stringify({ ok: true, inputs: { x } }),
          );
        },
      ),
    );
  });
});

describe("inputs given as text", () => {
  const declared = declare({
    n: { type: "number" },
    i: { type: "integer" },
    b: { type: "boolean" },
    s: { type: "string" },
    a: { type: "array" },
    o: { type: "object" },
  });

  test("are read by their declared types", () => {
    const texts = { n: "1.5", i: "4", b: "true", s: "4", a: "[1, 2]", o: '{"x": null}' };
    expect(inputsFromText(declared, texts)).toEqual({
      n: 1.5,
      i: 4,
      b: true,
      s: "4",
      a: [1, 2],
      o: { x: null },
    });
  });

  test.each([
    ["i", "four", /must be a whole number, not "four"/],
    ["i", "4.5", /must be a whole number, not 4.5/],
    ["i", "", /must be a whole number, not ""/],
    ["i", "0x10", /not "0x10"/],
    ["i", "99999999999999999999", /not "99999999999999999999"/],
    ["b", "yes", /must be true or false, not "yes"/],
    ["a", "1,2", /must be a list/],
    ["o", "[]", /must be a map, not a list/],
    ["zzz", "1", /unknown input `zzz`/],
  ])("%s=%s is refused with its type", (name, text, reason) => {
    const given = inputsFromText(declared, { [name]: text });
    expect(complaints(given, declared).join("\n")).toMatch(reason);
  });
});

describe("declarations", () => {
  test.each<readonly [RegExp, Json]>([
    [/`inputs\.x\.type` is required/, {}],
    [/`inputs\.x\.type` must be `string`/, { type: "text" }],
    [/default of input `x` must be a whole number, not "4"/, { type: "integer", default: "4" }],
    [/default of input `x` is not one of its `enum`/, { type: "string", enum: ["a"], default: "b" }],
    [/choice 2 of input `x` must be a text, not 1/, { type: "string", enum: ["a", 1] }],
    [/`enum` of input `x` has no choices/, { type: "string", enum: [] }],
    [/`inputs\.x\.enum` must be a list/, { type: "string", enum: "a" }],
    [/`inputs\.x\.required` must be true or false/, { type: "string", required: "no" }],
    [/unknown key `defualt`: did you mean `default`/, { type: "string", defualt: "x" }],
    [/must be a map/, "string"],
  ])("%s", (reason, x) => {
    const found = told({ ...withTask({}), inputs: { x } });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(reason);
  });

  test("names of inputs are words", () => {
    expect(told({ ...withTask({}), inputs: { "a b": { type: "string" } } })[0]).toMatch(
      /input name `a b` must be letters/,
    );
  });

  test("a default is data, whatever it looks like", () => {
    const declared = declare({ x: { type: "string", default: "${nobody.x}" } });
    expect(checkInputs(declared, {})).toEqual({ ok: true, inputs: { x: "${nobody.x}" } });
  });
});
