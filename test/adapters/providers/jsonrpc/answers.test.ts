// What endpoints answer that is no answer, and what they say of themselves.
import { expect, test } from "vitest";
import { errorOf, resultOf } from "../outcomes.ts";
import { quays } from "./quay.ts";

const opened = quays();

const PROTOCOL = '"jsonrpc":"2.0"';

test.each([
  ["neither", `{${PROTOCOL},"id":$ID}`, /no JSON-RPC message: it has neither a result nor an error/],
  ["both", `{${PROTOCOL},"id":$ID,"result":1,"error":{"code":1,"message":"x"}}`, /neither .* or both$/],
  ["an error without a number", `{${PROTOCOL},"id":$ID,"error":{"message":"x"}}`, /its error has no number/],
  [
    "another id",
    `{${PROTOCOL},"id":"x","result":1}`,
    /^the endpoint quay answered "x", which is no call's id$/,
  ],
  ["an id of the future", `{${PROTOCOL},"id":99,"result":1}`, /answered 99, which is no call's id$/],
  ["half an id", `{${PROTOCOL},"id":1.5,"result":1}`, /answered 1.5/],
  ["that it cannot read", `{${PROTOCOL},"id":null,"error":{"code":-32700,"message":"what?"}}`, /^what\?$/],
])("an answer with %s is a failure, at once", async (_, text, message) => {
  const { plainly } = await opened({ as: "call" });
  const error = errorOf(await plainly("raw", { text }));
  expect(error).toMatchObject({ code: "PROVIDER_ERROR", message: expect.stringMatching(message) });
  expect(resultOf(await plainly("greet"))).toEqual({ greeting: "ahoy" });
});

test("an answer that comes twice, or is not JSON-RPC 2.0, is left aside", async () => {
  const { plainly } = await opened({ as: "call" });
  const text = `{"id":$ID,"result":0}\n{${PROTOCOL},"id":$ID,"result":1}\n{${PROTOCOL},"id":$ID,"result":2}`;
  expect(resultOf(await plainly("raw", { text }))).toBe(1);
  expect(resultOf(await plainly("greet"))).toEqual({ greeting: "ahoy" });
});

test("an error says its code, whether trying again can help, and when", async () => {
  const { provider, call } = await opened();
  const data = { code: "RATE_LIMIT_EXCEEDED", retryAfterMs: 1500, rest: [1] };
  const limited = await call("refuse", { code: -32000, data });
  expect(limited).toMatchObject({ retryAfterMs: 1500, instance: provider.name });
  expect(errorOf(limited)).toMatchObject({
    code: "RATE_LIMIT_EXCEEDED",
    retryable: true,
    details: { rpcCode: -32000, data },
  });
  const passing = errorOf(await call("refuse", { data: { retryable: true } }));
  expect(passing).toMatchObject({ code: "TASK_EXECUTION_FAILED", retryable: true });
  const ours = errorOf(await call("refuse", { data: { code: "SYSTEM_SHUTDOWN" } }));
  expect(ours.code).toBe("TASK_EXECUTION_FAILED");
  const much = errorOf(await call("refuse", { data: "x".repeat(70_000) }));
  expect(much.details?.data).toBe("left out: it has 70002 characters");
});

test.each([
  ["another version", "future", "PROTOCOL_VERSION_MISMATCH", /speaks version 2 .* version 1 is spoken here$/],
  ["none", "plain", "PROTOCOL_VERSION_MISMATCH", /does not know `describe`: .*jsonrpc\/call/],
  ["what is none", "crooked", "PROVIDER_ERROR", /describes itself wrongly: methods\.add\.description/],
] as const)("a description of %s is refused", async (_, fault, code, message) => {
  const { call, provider } = await opened({ faults: [fault] });
  expect(errorOf(await call("greet"))).toMatchObject({ code, message: expect.stringMatching(message) });
  expect(await provider.health?.()).toMatchObject({
    status: "unhealthy",
    detail: expect.stringMatching(message),
  });
  expect(await provider.preflight?.({ method: "greet", params: {} })).toEqual([]);
});

test("its health is its own word", async () => {
  const { provider, remove } = await opened();
  expect(await provider.health?.()).toEqual({ status: "healthy", detail: "quay 1.2.3, 18 methods" });
  await remove();
  const ill = await opened({ faults: ["ill"] });
  expect(await ill.provider.health?.()).toEqual({ status: "unhealthy", detail: "the quay is flooded" });
});
