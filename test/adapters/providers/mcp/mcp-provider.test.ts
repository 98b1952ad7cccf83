import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { mcpProvider } from "../../../../src/adapters/providers/mcp/index.ts";
import type { JsonObject } from "../../../../src/domain/index.ts";
import type { CallContext, Outcome } from "../../../../src/engine/ports/index.ts";
import { packagesLoadedWith } from "../../../architecture/imports.ts";
import { sourcesIn } from "../../../architecture/source.ts";
import { callContext } from "../call-context.ts";
import { probed } from "./probe-tools.ts";

const { provider, keys } = probed();
afterAll(() => provider.close());

const call = (method: string, params: JsonObject, context: Partial<CallContext> = {}): Promise<Outcome> =>
  provider.execute({ method, params }, callContext(context));

async function resultOf(method: string, params: JsonObject): Promise<unknown> {
  const outcome = await call(method, params);
  return outcome.ok ? outcome.result : outcome.error;
}

test("the built-in tools answer exactly as documented", async () => {
  expect(await resultOf("tool.echo", { message: "Good morning from the bakery" })).toEqual({
    response: "Good morning from the bakery",
    echoed: true,
    length: 28,
  });
  expect(await resultOf("tool.add", { a: 60, b: 40 })).toEqual({
    response: "100",
    result: 100,
    calculation: "60 + 40 = 100",
  });
  expect(await resultOf("tool.multiply", { a: 100, b: 2 })).toEqual({
    response: "200",
    result: 200,
    calculation: "100 * 2 = 200",
  });
  expect(await resultOf("tool.concat", { strings: ["a", "b"], separator: " / " })).toEqual({
    response: "a / b",
    joined: true,
    count: 2,
    result: "a / b",
  });
});

test("length counts code points, not UTF-16 units or bytes", async () => {
  expect(await resultOf("tool.echo", { message: "é🐎e\u0301" })).toMatchObject({ length: 4 });
});

test("where text is wanted, numbers and truth values stand as they are written", async () => {
  expect(await resultOf("tool.concat", { strings: ["a", 1.5, true, ""] })).toMatchObject({
    result: "a 1.5 true ",
    count: 4,
  });
  expect(await resultOf("tool.echo", { message: 42 })).toMatchObject({ response: "42", length: 2 });
});

test("fractions are what they are, and -0 is 0", async () => {
  expect(await resultOf("tool.add", { a: 0.1, b: 0.2 })).toMatchObject({
    response: "0.30000000000000004",
    result: 0.30000000000000004,
  });
  expect(JSON.stringify(await resultOf("tool.multiply", { a: -1, b: 0 }))).toContain(
    '"response":"0","result":0',
  );
});

test("a result beyond 2^53 is refused with its place, not rounded", async () => {
  for (const [method, a, b] of [
    ["tool.add", Number.MAX_SAFE_INTEGER, 1],
    ["tool.multiply", 1e200, 1e200],
    ["tool.multiply", 1e15, 1e5],
  ] as const) {
    expect(await resultOf(method, { a, b })).toMatchObject({
      code: "TASK_RESULT_INVALID",
      message: expect.stringMatching(/^result\.result: /),
    });
  }
});

test("any two numbers give their exact double or an error, in both ways of writing params", async () => {
  const number = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  await fc.assert(
    fc.asyncProperty(number, number, async (a, b) => {
      const plain = await resultOf("tool.add", { a, b });
      expect(await resultOf("tool.add", { arguments: { a, b } })).toEqual(plain);
      const sum = a + b;
      const fits = Number.isFinite(sum) && (!Number.isInteger(sum) || Number.isSafeInteger(sum));
      if (fits) expect(plain).toMatchObject({ response: String(sum), result: sum });
      else expect(plain).toMatchObject({ code: "TASK_RESULT_INVALID" });
    }),
    { numRuns: 100 },
  );
});

test("listings are those of a real server", async () => {
  const tools = await resultOf("tools/list", {});
  expect(tools).toMatchObject({
    tools: expect.arrayContaining([
      expect.objectContaining({
        name: "add",
        inputSchema: expect.objectContaining({ required: ["a", "b"] }),
      }),
    ]),
  });
  expect(await resultOf("resources/list", {})).toMatchObject({ resources: [{ uri: "builtin://about" }] });
  expect(await resultOf("prompts/list", {})).toMatchObject({
    prompts: [{ name: "summarize", arguments: [{ name: "text", required: true }] }],
  });
  expect(await resultOf("prompts/get", { name: "summarize", arguments: { text: "T" } })).toMatchObject({
    response: "Summarize in one sentence:\n\nT",
  });
});

test("the idempotency key travels with the call", async () => {
  await call("tool.note", {}, { idempotencyKey: "run-1/task-2" });
  expect(keys).toEqual(["run-1/task-2"]);
});

test("a call ends at its timeout by itself, too", async () => {
  const outcome = await call("tool.hold", {}, { timeoutMs: 1 });
  expect(outcome).toMatchObject({ ok: false, error: { code: "TASK_TIMEOUT", retryable: true } });
});

test("listing and validating do not load the SDK", () => {
  const sources = sourcesIn("src");
  const loaded = packagesLoadedWith("src/adapters/providers/mcp/index.ts", sources);
  expect([...loaded]).toEqual(["zod"]);
  expect([...packagesLoadedWith("src/adapters/providers/mcp/session.ts", sources)]).toContain(
    "@modelcontextprotocol/sdk",
  );
  expect(Object.keys(mcpProvider({ version: "0.1.0" }).methods).toSorted()).toEqual(
    [
      ...["tool.echo", "tool.add", "tool.multiply", "tool.concat", "tools/list", "server_info", "ping"],
      ...["resources/list", "resources/read", "prompts/list", "prompts/get"],
    ].toSorted(),
  );
});
