import { expect, test } from "vitest";
import { compile, GleitzeitError, type Json, readDefinition } from "../../../src/domain/index.ts";

const refusal = (stored: Json): string => {
  try {
    readDefinition(stored);
    return "read";
  } catch (error) {
    return error instanceof GleitzeitError ? `${error.code} ${error.message}` : String(error);
  }
};

test("a definition of a later version with keys unknown here is read", () => {
  const stored = { name: "N", later: 1, tasks: [{ id: "a", method: "echo/echo", also: { later: true } }] };
  expect(compile(readDefinition(stored)).nodes).toHaveLength(1);
});

test("what does not fit is refused with its place", () => {
  expect(refusal({ name: "N", tasks: [{ id: "a", method: 3 }] })).toMatch(
    /`tasks\[0\]\.method` must be a text/,
  );
  expect(refusal("text")).toMatch(/does not fit/);
});

test("compiling what was never validated is a bug and says so", () => {
  const tasks = [{ id: "a", method: "echo/echo", dependencies: ["b"] }];
  expect(() => compile({ name: "N", tasks })).toThrow(/was not validated: b/);
  expect(() => compile({ name: "N", tasks: [{ id: "a", method: "x", params: { x: "${" } }] })).toThrow(
    /not validated/,
  );
  expect(() => compile({ name: "N", type: "batch" })).toThrow(/not validated/);
});
