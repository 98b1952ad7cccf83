import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/domain/index.ts";
import { echo, told, withTasks } from "./catalog.ts";

const on = (task: { readonly [key: string]: Json }): readonly string[] =>
  told(withTasks(echo("other"), { id: "a", ...task }));
const add = (params: Json): readonly string[] => on({ method: "mcp/tool.add", params });

describe("what tasks call", () => {
  test.each([
    [{ method: "teleport/now" }, /^PROTOCOL_NOT_FOUND tasks\.1\.method: unknown protocol `teleport\/v1`/],
    [{ method: "now", protocol: "teleport/v1" }, /^PROTOCOL_NOT_FOUND tasks\.1\.protocol:/],
    [{ method: "execute", protocol: "python/v2" }, /^PROTOCOL_VERSION_MISMATCH .*there is python\/v1/],
    [
      { method: "mcp/tool.ad" },
      /^METHOD_NOT_SUPPORTED tasks\.1\.method: unknown method `mcp\/tool\.ad`: did you mean/,
    ],
    [{ method: "python/fly" }, /^METHOD_NOT_SUPPORTED .*: python\/v1 has execute/],
    [{ method: "fly" }, /^METHOD_NOT_SUPPORTED/],
    [
      { method: "echo/x", provider: "nobody" },
      /^PROVIDER_NOT_FOUND tasks\.1\.provider: .*available are echo/,
    ],
  ])("%j is refused", (task, reason) => {
    const found = on(task);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(reason);
  });

  test("params are held to the method's schema, with the place of the bad one", () => {
    expect(add({ a: 1, b: "two" })).toEqual([
      expect.stringMatching(/^INVALID_PARAMS tasks\.1\.params\.b: `b` of `tool\.add`: /),
    ]);
    expect(add({ a: 1 })).toEqual([expect.stringMatching(/^INVALID_PARAMS tasks\.1\.params\.b: /)]);
    expect(add({ a: 1, b: 2, c: 3 })[0]).toMatch(
      /^INVALID_PARAMS tasks\.1\.params: params of `tool\.add`: .*"c"/,
    );
    expect(on({ method: "mcp/tool.concat", parameters: { strings: ["a", 1] } })[0]).toMatch(
      /^INVALID_PARAMS tasks\.1\.parameters\.strings\.1: `strings\[1\]`/,
    );
    expect(on({ method: "python/execute", params: { file: "a", code: "b" } })[0]).toMatch(
      /one of `file` and `code`/,
    );
  });

  test("a value with a reference in it is not judged before it is known; the others are", () => {
    expect(add({ a: "${other.x}", b: 2 })).toEqual([]);
    expect(add({ a: "${other.x}", b: "two" })).toEqual([expect.stringMatching(/params\.b:/)]);
    expect(on({ method: "mcp/tool.concat", params: { strings: "${other.list}" } })).toEqual([]);
    expect(
      on({ method: "mcp/tool.concat", params: { strings: ["x", "${other.x}"], separator: 5 } }),
    ).toHaveLength(1);
    expect(on({ method: "python/execute", params: { code: "1", context: "${other}" } })).toEqual([]);
  });

  test("keys that look like placeholders are ordinary data", () => {
    const params = { message: { $blob: "sha256-x", $$blob: 1, $erased: true, $sealed: {} } };
    expect(on({ method: "echo/echo", params })).toEqual([]);
  });
});
