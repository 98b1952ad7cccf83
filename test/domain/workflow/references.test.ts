import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { headsOf, literally } from "../../../src/domain/index.ts";
import { parseTemplate } from "../../../src/domain/workflow/references.ts";
import { tries } from "../tries.ts";

const heads = headsOf([
  { id: "head" },
  { id: "count", name: "Count words" },
  { id: "words", name: "Count words. Twice [really]" },
  { id: "run-time", name: "run time" },
]);

const parse = (text: string) =>
  parseTemplate(text, heads).map((part) => {
    if (part.kind === "text") return part.text;
    if (part.kind === "broken") return [part.text, part.message];
    const { head, path, fallback } = part.reference;
    return { head, path, ...fallback };
  });

describe("templates", () => {
  test.each([
    ["plain $x and 5$", ["plain $x and 5$"]],
    ["${head}", [{ head: "head", path: [] }]],
    ["a ${head.x} b", ["a ", { head: "head", path: ["x"] }, " b"]],
    [
      "${head}${count}",
      [
        { head: "head", path: [] },
        { head: "count", path: [] },
      ],
    ],
    ["${head.path[0].to[12]}", [{ head: "head", path: ["path", 0, "to", 12] }]],
    ['${head["odd key"].x["a.b]"]}', [{ head: "head", path: ["odd key", "x", "a.b]"] }]],
    ["${ head.x }", [{ head: "head", path: ["x"] }]],
    ["${inputs.seats}", [{ head: "inputs", path: ["seats"] }]],
    ["${run.id}", [{ head: "run", path: ["id"] }]],
    ["${unknown.x}", [{ head: "unknown", path: ["x"] }]],
  ])("%j", (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  test("the longest known id or name is the head, whatever it is made of", () => {
    expect(parse("${Count words.result}")).toEqual([{ head: "Count words", path: ["result"] }]);
    expect(parse("${Count words. Twice [really][0]}")).toEqual([
      { head: "Count words. Twice [really]", path: [0] },
    ]);
    expect(parse("${run time}")).toEqual([{ head: "run time", path: [] }]);
    expect(parse("${Count wrds.x}")).toEqual([{ head: "Count wrds", path: ["x"] }]);
    expect(parse("${Count words more}")).toEqual([{ head: "Count words more", path: [] }]);
  });

  test.each([
    ["${head.x ?? 0}", 0],
    ["${head.x ?? -1.5e3}", -1500],
    ["${head.x??null}", null],
    ['${head.x ?? "none"}', "none"],
    ['${head.x ?? "}${\\"?? "}', '}${"?? '],
    ['${head.x ?? {"a": {"b": "}"}}}', { a: { b: "}" } }],
    ["${head.x ?? [1, {}]}", [1, {}]],
    ["${head ?? true}", true],
  ])("a default: %j", (text, value) => {
    expect(parse(text)).toEqual([expect.objectContaining({ head: "head", value })]);
  });

  test("`$${` stands for `${`, read from left to right", () => {
    expect(parse("$${HOME}/bin")).toEqual(["${HOME}/bin"]);
    expect(parse("$$${head}")).toEqual(["$${head}"]);
    expect(parse("$${${head}")).toEqual(["${", { head: "head", path: [] }]);
    expect(parse("${head}$${x}")).toEqual([{ head: "head", path: [] }, "${x}"]);
  });

  test.each([
    ["${head", /not closed/],
    ["${}", /names no task/],
    ["${ }", /names no task/],
    ["${.x}", /names no task/],
    ["${head..x}", /empty step/],
    ["${head.}", /empty step/],
    ["${head[x]}", /not made of/],
    ["${head[-1]}", /not made of/],
    ['${head["x}', /not made of|does not end/],
    ["${head.x ?? none}", /not JSON: write `\?\? "none"`/],
    ["${head.x ?? }", /not JSON/],
    ["${head.x ?? NaN}", /not JSON/],
    ["${head.x ?? 9007199254740993}", /not JSON/],
    ['${head.x ?? "open}', /does not end/],
  ])("%j is broken, and is said to be", (text, reason) => {
    const [part] = parseTemplate(text, heads);
    expect(part?.kind).toBe("broken");
    expect(part?.kind === "broken" && part.message).toMatch(reason);
  });

  test("what stands around a broken reference is still read", () => {
    expect(parse("a ${head..x} b ${count} c")).toEqual([
      "a ",
      ["${head..x}", "has an empty step in its path"],
      " b ",
      { head: "count", path: [] },
      " c",
    ]);
  });

  test("any text is taken apart without a loss: what is no reference is kept", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("$", "{", "}", "a", ".", "[", '"', "?", " ") }),
        (text) => {
          const parts = parseTemplate(text, heads);
          if (!text.includes("${")) expect(parts).toEqual(text === "" ? [] : [{ kind: "text", text }]);
          expect(parts.every((part) => part.kind !== "text" || part.text !== "")).toBe(true);
        },
      ),
    );
  });

  test("`literally` gives the template of exactly that text", () => {
    const unit = fc.constantFrom("$", "{", "}", "h", "${", "$${", "head}", "💧");
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        expect(parseTemplate(literally(text), heads)).toEqual(text === "" ? [] : [{ kind: "text", text }]);
      }),
      tries(1000),
    );
  });
});
