import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Json } from "../../../src/domain/index.ts";
import { invalidParams, paramProblems } from "../../../src/engine/ports/index.ts";

const problems = (params: z.ZodType, given: Json) =>
  paramProblems({ version: 1, description: "", params, result: z.unknown(), examples: [] }, given).map(
    ({ path, message }) => [path.join("/"), message],
  );

const direct = z.strictObject({ a: z.number(), b: z.number() });
const either = z.union([direct, z.strictObject({ arguments: direct })]);

test("each problem has its place", () => {
  const schema = z.strictObject({ list: z.array(z.object({ x: z.int() })), mode: z.enum(["fast", "slow"]) });
  expect(problems(schema, { list: [{ x: 1 }, { x: "2" }, {}], mode: "quick" })).toEqual([
    ["list/1/x", "expected number, received string"],
    ["list/2/x", "expected number, but it is missing"],
    ["mode", 'Invalid option: expected one of "fast"|"slow"'],
  ]);
});

test("each unknown key has its own place", () => {
  expect(problems(z.strictObject({ a: direct.optional() }), { a: { a: 1, b: 2, c: 3 }, d: 4, e: 5 })).toEqual(
    [
      ["a/c", "unknown parameter `c`"],
      ["d", "unknown parameter `d`"],
      ["e", "unknown parameter `e`"],
    ],
  );
});

test("of two ways to write params, the one that was meant is spoken of", () => {
  expect(problems(either, { a: 1, b: "2" })).toEqual([["b", "expected number, received string"]]);
  expect(problems(either, { arguments: { a: 1 } })).toEqual([
    ["arguments/b", "expected number, but it is missing"],
  ]);
  expect(problems(either, { arguments: [] })).toEqual([["arguments", "expected object, received array"]]);
  expect(problems(either, { a: 1, b: 2, c: 3 })).toEqual([["c", "unknown parameter `c`"]]);
  expect(problems(either, {})).toEqual([
    ["a", "expected number, but it is missing"],
    ["b", "expected number, but it is missing"],
  ]);
});

test("a union inside keeps the place of what stands around it", () => {
  const schema = z.object({ calls: z.array(either) });
  expect(problems(schema, { calls: [{ a: 1, b: 1 }, { arguments: { a: 1, b: null } }] })).toEqual([
    ["calls/1/arguments/b", "expected number, received null"],
  ]);
});

test("where no kind fits, all are named", () => {
  const text = z.union([z.string(), z.number(), z.literal("on")]);
  expect(problems(z.object({ t: text }), { t: [] })).toEqual([["t", 'expected string or number or "on"']]);
  expect(problems(z.union([z.string(), z.array(z.string())]), [1])).toEqual([
    ["0", "expected string, received number"],
  ]);
});

test("a refused value always has a problem, an accepted one never", () => {
  const json = fc.jsonValue({ maxDepth: 4 }).map((value): Json => JSON.parse(JSON.stringify(value)));
  fc.assert(
    fc.property(json, (value) => {
      expect(problems(either, value).length > 0).toBe(!either.safeParse(value).success);
    }),
  );
});

test("a refusal says the first problem and how many more, and keeps all", () => {
  const error = invalidParams([
    { path: ["strings", 1, "odd key"], message: "expected string" },
    { path: [], message: "too many" },
  ]);
  expect(error).toEqual({
    code: "INVALID_PARAMS",
    message: 'params.strings[1]["odd key"]: expected string (and 1 more)',
    retryable: false,
    details: {
      problems: [
        { path: 'params.strings[1]["odd key"]', message: "expected string" },
        { path: "params", message: "too many" },
      ],
    },
  });
});
