import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonTree } from "../../../src/adapters/documents/json-tree.ts";
import { plain } from "../../../src/adapters/documents/located.ts";
import { saidOf } from "./catalog.ts";

const say = (text: string): string => saidOf(text, "json").join("\n");

describe("JSON", () => {
  test("is read as JSON.parse reads it, any value in any layout", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const { tree, problems } = jsonTree(` ${text}\n`);
        expect(problems).toEqual([]);
        expect(tree && plain(tree, () => undefined)).toEqual(JSON.parse(text));
      }),
    );
  });

  test("what JSON.parse refuses is refused, and the other way round", () => {
    const unit = fc.constantFrom(
      ..."{}[],:\"\\'ntrue0123.eE+- \n\tabu#/".split(""),
      "null",
      "true",
      '"a":',
      "\\u0041",
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        const parses = (): boolean => {
          try {
            JSON.parse(text);
            return true;
          } catch (error) {
            if (error instanceof SyntaxError) return false;
            throw error;
          }
        };
        expect(jsonTree(text).problems.length === 0).toBe(parses());
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    ["", "1:1 PARSE_ERROR expected a value, but the document ends here"],
    ['{"name": "x",}', "1:14 PARSE_ERROR a comma before `}` is not JSON"],
    ["{name: 1}", "1:2 PARSE_ERROR expected a key in double quotes, not `n`"],
    ["{'name': 1}", "1:2 PARSE_ERROR expected a key in double quotes, not `'`"],
    ['{"a" 1}', "1:6 PARSE_ERROR expected `:` after the key, not `1`"],
    ['{"a": 1 "b": 2}', '1:9 PARSE_ERROR expected `,` or `}`, not `"`'],
    ['{"a": [1, 2', "1:12 PARSE_ERROR expected `,` or `]`, but the document ends here"],
    ['{"a": // no\n1}', "1:7 PARSE_ERROR expected a value, not `/`"],
    ['{"a": NaN}', "1:7 PARSE_ERROR expected a value, not `N`"],
    ['{"a": 01}', "1:7 PARSE_ERROR expected a value, not `0`"],
    ['{"a": .5}', "1:7 PARSE_ERROR expected a value"],
    ['{"a": "x\ny"}', "1:9 PARSE_ERROR a line break or control character inside a text"],
    ['{"a": "x', "1:7 PARSE_ERROR the text that begins here does not end"],
    ['{"a": "\\x"}', "1:7 PARSE_ERROR a bad escape"],
    ["{} {}", "1:4 PARSE_ERROR something follows the end of the document"],
    ["yaml: no", "1:1 PARSE_ERROR expected a value, not `y`"],
    ['{"a": 😀}', "1:7 PARSE_ERROR expected a value, not `😀`"],
    ['{"name": 1e400}', "1:10 WORKFLOW_VALIDATION_FAILED Infinity is not JSON"],
    ['{"name": 9007199254740993}', "1:10 WORKFLOW_VALIDATION_FAILED integer"],
    ['{"__proto__": {}, "name": "x"}', "1:2 WORKFLOW_VALIDATION_FAILED `__proto__` cannot be a key"],
  ])("%j", (text, expected) => {
    expect(say(text)).toContain(expected);
  });

  test("duplicates and unknown keys are shown where they stand", () => {
    const text =
      '{\n  "name": "A",\n  "nmae": "B",\n  "name": "C",\n  "tasks": [{"method": "echo/echo"}]\n}\n';
    expect(saidOf(text, "json")).toEqual([
      "3:3 WORKFLOW_VALIDATION_FAILED unknown key `nmae`: did you mean `name`?",
      "4:3 PARSE_ERROR duplicate key `name`: it stands in line 2 already",
    ]);
  });

  test("a key `__proto__` is refused where it stands", () => {
    const found = saidOf('{"name": "x", "__proto__": {}, "tasks": [{"method": "echo/echo"}]}', "json");
    expect(found).toContain("1:15 WORKFLOW_VALIDATION_FAILED `__proto__` cannot be a key: name it otherwise");
  });

  test.each(["[", '{"a":', '[{"a":', " ["])("nesting without an end: %s", (opening) => {
    expect(say(opening.repeat(100_000))).toMatch(/nested deeper than 200 levels/);
  });
});
