// Declarations of inputs: every refusal, its code, its place and its words.
import { expect, test } from "vitest";
import type { JsonObject } from "../../../src/domain/index.ts";
import { exactly, withTask } from "./catalog.ts";

type Row = readonly [JsonObject, readonly string[]];

test.each<Row>([
  [{ a: 3 }, ["WORKFLOW_VALIDATION_FAILED inputs.a: `inputs.a` must be a map, not 3"]],
  [
    { a: { type: "strin" } },
    [
      'WORKFLOW_VALIDATION_FAILED inputs.a.type: `inputs.a.type` must be `string`, `number`, `integer`, `boolean`, `array`, `object`, not "strin": did you mean `string`?',
    ],
  ],
  [
    { a: { type: 3 } },
    [
      "WORKFLOW_VALIDATION_FAILED inputs.a.type: `inputs.a.type` must be `string`, `number`, `integer`, `boolean`, `array`, `object`, not 3",
    ],
  ],
  [{ a: {} }, ["WORKFLOW_VALIDATION_FAILED inputs.a.type: `inputs.a.type` is required"]],
  [
    { a: { enum: [1], default: 2 } },
    ["WORKFLOW_VALIDATION_FAILED inputs.a.type: `inputs.a.type` is required"],
  ],
  [
    { a: { type: "integer", default: "x" } },
    ['WORKFLOW_VALIDATION_FAILED inputs.a.default: default of input `a` must be a whole number, not "x"'],
  ],
  [{ a: { type: "integer", default: 7 } }, []],
  [
    { a: { type: "integer", enum: [1, "x", 2.5] } },
    [
      'WORKFLOW_VALIDATION_FAILED inputs.a.enum.1: choice 2 of input `a` must be a whole number, not "x"',
      "WORKFLOW_VALIDATION_FAILED inputs.a.enum.2: choice 3 of input `a` must be a whole number, not 2.5",
    ],
  ],
  [
    { a: { type: "integer", enum: [1, 2], default: 3 } },
    ["WORKFLOW_VALIDATION_FAILED inputs.a.default: default of input `a` is not one of its `enum`"],
  ],
  [{ a: { type: "integer", enum: [1, 2], default: 2 } }, []],
  [{ a: { type: "array", enum: [[1], [2]], default: [2] } }, []],
  [
    { a: { type: "string", enum: [] } },
    ["WORKFLOW_VALIDATION_FAILED inputs.a.enum: `enum` of input `a` has no choices"],
  ],
  [
    { a: { type: "string", enum: "x" } },
    ['WORKFLOW_VALIDATION_FAILED inputs.a.enum: `inputs.a.enum` must be a list of choices, not "x"'],
  ],
  [
    { "a b": { type: "string" } },
    [
      "WORKFLOW_VALIDATION_FAILED inputs.a b (key): input name `a b` must be letters, digits, `_` and `-`, the first a letter or `_`",
    ],
  ],
  [
    { "": { type: "string" } },
    [
      "WORKFLOW_VALIDATION_FAILED inputs. (key): input name `` must be letters, digits, `_` and `-`, the first a letter or `_`",
    ],
  ],
  [
    { "1": { type: "string" } },
    [
      "WORKFLOW_VALIDATION_FAILED inputs.1 (key): input name `1` must be letters, digits, `_` and `-`, the first a letter or `_`",
    ],
  ],
  [{ "a-1": { type: "string" } }, []],
])("%j", (part, refusals) => {
  expect(exactly({ ...withTask({}), inputs: part })).toEqual(refusals);
});
